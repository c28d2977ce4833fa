package dev.blockcopy.engine.qmp;

import java.io.IOException;
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
        do {
            SocketChannel channel = tryToConnect();
            if (channel != null) {
                return opened(channel);
            }
            LockSupport.parkNanos(RETRY_NANOS);
        } while (System.nanoTime() - start < TimeUnit.MILLISECONDS.toNanos(timeoutMillis));
        throw new QmpException.Silent(
                address() + ": no place in the listener's queue: other clients wait for this monitor, or QEMU hangs");
    }

    private QmpChannel opened(SocketChannel channel) throws QmpException {
        try {
            return new SocketQmpChannel(channel);
        } catch (IOException e) {
            close(channel);
            throw new QmpException.Lost(address() + ": " + e.getMessage());
        }
    }

    private SocketChannel tryToConnect() throws QmpException {
        SocketChannel channel = null;
        try {
            channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            channel.configureBlocking(false);
            if (channel.connect(UnixDomainSocketAddress.of(socket))) {
                return channel;
            }
            close(channel);
            return null;
        } catch (IOException e) {
            close(channel);
            throw refusal(e);
        }
    }

    private QmpException refusal(IOException e) {
        if (!Files.exists(socket)) {
            return new QmpException.NoSuchSocket(address() + ": no such socket");
        }
        if (Files.isRegularFile(socket) || Files.isDirectory(socket)) {
            return new QmpException.NoSuchSocket(address() + ": not a socket");
        }
        if (!Files.isWritable(socket)) {
            return new QmpException.NotPermitted(address() + ": permission denied");
        }
        String reason = e.getMessage();
        return "Connection refused".equals(reason)
                ? new QmpException.Refused(address() + ": connection refused: nobody listens (QEMU has ended?)")
                : new QmpException.Refused(address() + ": cannot connect: " + reason);
    }

    private static void close(SocketChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            // The channel is given up; there is nothing left to save.
        }
    }
}
