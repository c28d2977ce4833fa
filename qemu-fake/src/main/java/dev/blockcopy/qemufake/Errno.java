package dev.blockcopy.qemufake;

/** The system errors that a host's files can answer with, and their texts as QEMU repeats them. */
public enum Errno {
    EPERM("Operation not permitted"),
    ENOENT("No such file or directory"),
    EIO("Input/output error"),
    EACCES("Permission denied"),
    EEXIST("File exists"),
    ENOTDIR("Not a directory"),
    EISDIR("Is a directory"),
    EINVAL("Invalid argument"),
    EFBIG("File too large"),
    ENOSPC("No space left on device"),
    EROFS("Read-only file system");

    private final String text;

    Errno(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }
}
