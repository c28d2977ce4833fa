package dev.blockcopy.engine.qmp;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A monitor on a UNIX domain socket, as {@code -qmp unix:PATH,server=on} makes it. */
public final class UnixSocketTransport implements QmpTransport {

    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Path socket;
    private final QmpSockets sockets;

    /** The monitor at a path. */
    public UnixSocketTransport(Path socket) {
        this(socket, QmpSockets.OF_BYTES);
    }

    /** The monitor at a path, by sockets of a kind. */
    public UnixSocketTransport(Path socket, QmpSockets sockets) {
        this.socket = socket;
        this.sockets = sockets;
    }

    @Override
    public String address() {
        return socket.toString();
    }

    /**
     * Connects; while the listener's queue is full it tries again, since a UNIX socket has no way to wait for a place.
     *
     * @throws QmpException.Silent if there was no place in time: others wait for this monitor already
     */
    @Override
    public QmpChannel connect(long timeoutMillis) throws QmpException {
        long start = System.nanoTime();
        while (true) {
            try {
                return new QmpChannel(sockets.connect(socket), sockets);
            } catch (IOException e) {
                boolean late = System.nanoTime() - start >= TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
                refuse(e, late);
            }
            LockSupport.parkNanos(RETRY_NANOS);
        }
    }

    /** The JDK has a {@code ConnectException} for ECONNREFUSED, and for a full queue (EAGAIN) only a text. */
    private void refuse(IOException e, boolean late) throws QmpException {
        if (Files.notExists(socket)) {
            throw new QmpException.NoSuchSocket(address() + ": no such socket");
        }
        if (!Files.exists(socket)) {
            throw new QmpException.NotPermitted(address() + ": can't be looked at (" + e.getMessage()
                    + "): whether there is a socket is not known");
        }
        if (Files.isRegularFile(socket) || Files.isDirectory(socket)) {
            throw new QmpException.NoSuchSocket(address() + ": not a socket");
        }
        if (!Files.isWritable(socket)) {
            throw new QmpException.NotPermitted(address() + ": permission denied");
        }
        if (e instanceof ConnectException) {
            throw new QmpException.Refused(address() + ": connection refused: nobody listens (QEMU has ended?)");
        }
        if (late) {
            throw new QmpException.Silent(address() + ": no place in the listener's queue (" + e.getMessage()
                    + "): other clients wait for this monitor, or QEMU hangs");
        }
    }
}
