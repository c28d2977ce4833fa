package dev.blockcopy.qemufake;

/**
 * What an open file is.
 *
 * @param fileSize its length in bytes
 * @param diskSize what a guest sees of it
 * @param allocated the bytes it takes on the host
 * @param identity the same for two names of one file, and for no other file
 * @param others what other processes did with it when it was opened, as their image locks tell
 * @param format what it holds, as it was told or else as its first bytes say
 * @param backing what an overlay names as the file below it, or null
 */
public record FileFacts(
        long fileSize, long diskSize, long allocated, String identity, FileUse others, Driver format, Backing backing) {
    /**
     * The file below an overlay.
     *
     * @param handle by which name it is known; null while it is not open
     * @param file the path as the overlay names it
     * @param format what the overlay says it holds
     * @param facts what it is; null while it is not open
     */
    public record Backing(String handle, String file, Driver format, FileFacts facts) {}
}
