package dev.blockcopy.engine.qmp;

import java.io.FileDescriptor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bytes to and from one monitor: a connected stream socket that never waits.
 *
 * <p>One thread reads; any may write, one at a time, and close.
 */
public final class QmpChannel implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(QmpChannel.class);

    private final SocketChannel socket;
    private final QmpSockets sockets;

    /** Takes over a connected, non-blocking socket, and the kind that it is of. */
    QmpChannel(SocketChannel socket, QmpSockets sockets) {
        this.socket = socket;
        this.sockets = sockets;
    }

    /** Whose selectors can wait for this one. */
    SelectorProvider provider() {
        return socket.provider();
    }

    SelectionKey register(Selector selector, Object attachment) throws IOException {
        return socket.register(selector, SelectionKey.OP_READ, attachment);
    }

    /** Reads what is there: the number of bytes, 0 if there is none now, -1 at the end. */
    int read(ByteBuffer into) throws IOException {
        return socket.read(into);
    }

    /** Writes as much as is taken: the number of bytes. */
    int write(ByteBuffer from) throws IOException {
        return socket.write(from);
    }

    /** The next bytes that are written take an open file along; it must stay open until they are written. */
    void attach(FileDescriptor file) throws IOException {
        sockets.attach(socket, file);
    }

    /** Closes both directions; where a selector waits for it, as soon as that is woken. */
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("not closed", e);
        }
    }
}
