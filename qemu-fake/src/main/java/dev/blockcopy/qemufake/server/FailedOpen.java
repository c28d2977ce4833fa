package dev.blockcopy.qemufake.server;

import dev.blockcopy.qemufake.Errno;
import java.io.IOException;

/** A file can't be opened or made; the message is QEMU's sentence. */
final class FailedOpen extends IOException {
    private static final long serialVersionUID = 1;

    private final Errno errno;

    FailedOpen(Errno errno, String message) {
        super(message);
        this.errno = errno;
    }

    Errno errno() {
        return errno;
    }
}
