package dev.blockcopy.engine.qmp;

import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A monitor on a UNIX domain socket, as {@code -qmp unix:PATH,server=on} makes it. */
public final class UnixSocketTransport implements QmpTransport {

    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Path socket;

    /** The monitor at a path. */
    public UnixSocketTransport(Path socket) {
        this.socket = socket;
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
                return tryToConnect();
            } catch (IOException e) {
                boolean late = System.nanoTime() - start >= TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
                refuse(e, late);
            }
            LockSupport.parkNanos(RETRY_NANOS);
        }
    }

    private QmpChannel tryToConnect() throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.configureBlocking(false);
            if (!channel.connect(UnixDomainSocketAddress.of(socket))) {
                throw new IOException("the connection is not made at once");
            }
            return new SocketQmpChannel(channel);
        } catch (IOException e) {
            close(channel);
            throw e;
        }
    }

    /** The JDK has a {@code ConnectException} for ECONNREFUSED, and for a full queue (EAGAIN) only a text. */
    private void refuse(IOException e, boolean late) throws QmpException {
        if (!Files.exists(socket)) {
            throw new QmpException.NoSuchSocket(address() + ": no such socket");
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

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // The channel is given up; there is nothing left to save.
        }
    }
}
