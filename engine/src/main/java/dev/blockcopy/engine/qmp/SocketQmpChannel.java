package dev.blockcopy.engine.qmp;

import java.io.FileDescriptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/** A connected stream socket of any family, waited for with a selector. */
final class SocketQmpChannel implements QmpChannel {

    private final SocketChannel socket;
    private final QmpSockets sockets;
    private final Selector selector;
    private final SelectionKey key;

    /** Takes over a connected, non-blocking socket, and the kind that it is of. */
    SocketQmpChannel(SocketChannel socket, QmpSockets sockets) throws IOException {
        this.socket = socket;
        this.sockets = sockets;
        this.selector = socket.provider().openSelector();
        this.key = socket.register(selector, SelectionKey.OP_READ);
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        return socket.read(into);
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        return socket.write(from);
    }

    @Override
    public void attach(FileDescriptor file) throws IOException {
        sockets.attach(socket, file);
    }

    @Override
    public void await(boolean forRoom, long timeoutNanos) throws IOException {
        try {
            key.interestOps(forRoom ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
            long millis = TimeUnit.NANOSECONDS.toMillis(timeoutNanos);
            selector.select(selected -> {}, Math.max(1, millis));
        } catch (ClosedSelectorException | java.nio.channels.CancelledKeyException e) {
            throw new IOException("closed", e);
        }
    }

    @Override
    public void wake() {
        selector.wakeup();
    }

    /** Closes the socket and then the selector, which would otherwise keep the descriptor open. */
    @Override
    public void close() {
        try {
            socket.close();
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
