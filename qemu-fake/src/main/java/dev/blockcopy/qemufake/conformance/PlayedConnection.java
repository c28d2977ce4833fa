package dev.blockcopy.qemufake.conformance;

import dev.blockcopy.qemufake.descriptors.DescriptorSockets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A client's end of a monitor's socket: lines come in on a thread of their own, and are taken one by one. */
final class PlayedConnection implements AutoCloseable {
    private static final int BUFFER = 64 << 10;
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final byte[] END = new byte[0];

    private final SocketChannel channel;
    private final BlockingQueue<byte[]> lines = new LinkedBlockingQueue<>();
    private boolean isOver;

    private PlayedConnection(SocketChannel channel) {
        this.channel = channel;
        Thread reader = new Thread(this::read, "played-connection");
        reader.setDaemon(true);
        reader.start();
    }

    /** Tries until the socket is there, or the time is up. */
    static PlayedConnection open(Path socket, long withinMillis, boolean sendsDescriptors) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(withinMillis);
        while (true) {
            try {
                return new PlayedConnection(sendsDescriptors ? DescriptorSockets.connect(socket) : connect(socket));
            } catch (IOException e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                LockSupport.parkNanos(RETRY_NANOS);
            }
        }
    }

    private static SocketChannel connect(Path socket) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** The next bytes take these along. */
    void attach(SentDescriptors descriptors) throws IOException {
        DescriptorSockets.attach(channel, descriptors.all());
    }

    private void read() {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try {
            while (channel.read(buffer.clear()) >= 0) {
                for (byte next : taken(buffer.flip())) {
                    line.write(next);
                    if (next == '\n') {
                        lines.add(line.toByteArray());
                        line.reset();
                    }
                }
            }
        } catch (IOException e) {
            // The server has gone without a word; the end is told below.
        }
        if (line.size() > 0) {
            lines.add(line.toByteArray());
        }
        lines.add(END);
    }

    private static byte[] taken(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    void send(byte[] bytes) throws IOException {
        ByteBuffer unsent = ByteBuffer.wrap(bytes);
        while (unsent.hasRemaining()) {
            channel.write(unsent);
        }
    }

    /** The next line with its ending; empty at the end of the connection; null if none comes in time. */
    byte[] take(long withinMillis) {
        if (isOver) {
            return END;
        }
        try {
            byte[] line = lines.poll(Math.max(0, withinMillis), TimeUnit.MILLISECONDS);
            isOver = line == END;
            return line;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    boolean isOver() {
        return isOver;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
