package dev.blockcopy.qemufake;

/**
 * An edge of the graph, seen from the parent.
 *
 * @param role {@code file}, {@code backing}, {@code image}, or {@code children.N} of a quorum
 * @param node the name of the node below
 */
public record Child(String role, String node) {
    static final String FILE = "file";
    static final String BACKING = "backing";
    static final String IMAGE = "image";
    /** Where a {@link Driver#COPY_BEFORE_WRITE} filter saves; the job that has put it there counts as the user. */
    static final String TARGET = "target";

    static String nth(int index) {
        return "children." + index;
    }
}
