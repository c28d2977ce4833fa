package dev.blockcopy.engine.image;

/**
 * What a name leads to at one instant.
 *
 * @param identity which file it is
 * @param type what kind of file
 * @param sizeBytes length of a regular file; of nothing else
 */
public record FileStatus(FileIdentity identity, Type type, long sizeBytes) {

    /** The kinds of file that are told apart here. */
    public enum Type {
        REGULAR,
        DIRECTORY,
        BLOCK_DEVICE,
        SYMBOLIC_LINK,
        OTHER
    }

    boolean is(Type wanted) {
        return type == wanted;
    }
}
