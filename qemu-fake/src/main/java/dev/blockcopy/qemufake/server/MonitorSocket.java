package dev.blockcopy.qemufake.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;

/** The socket of one monitor, and the one client that it serves. */
final class MonitorSocket {
    private static final int BUFFER = 64 << 10;

    private final Machine machine;
    private final int monitor;
    private final Selector selector;
    private final ServerSocketChannel listening;
    private final SelectionKey listeningKey;
    private final Deque<ByteBuffer> unsent = new ArrayDeque<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    private SocketChannel client;
    private SelectionKey clientKey;

    MonitorSocket(Machine machine, int monitor, Selector selector, SocketAddress address) throws IOException {
        this.machine = machine;
        this.monitor = monitor;
        this.selector = selector;
        this.listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listening.bind(address);
        listening.configureBlocking(false);
        listeningKey = listening.register(selector, SelectionKey.OP_ACCEPT, this);
    }

    void ready(SelectionKey key) throws IOException {
        if (!key.isValid()) {
            return;
        }
        if (key == listeningKey) {
            accept();
        } else if (key.isReadable()) {
            read();
        }
    }

    /** The next one waits in the kernel until this one has gone. */
    private void accept() throws IOException {
        SocketChannel accepted = listening.accept();
        if (accepted == null) {
            return;
        }
        accepted.configureBlocking(false);
        client = accepted;
        clientKey = accepted.register(selector, SelectionKey.OP_READ, this);
        listeningKey.interestOps(0);
        machine.connect(monitor);
    }

    private void read() {
        try {
            int count = client.read(buffer.clear());
            if (count < 0) {
                hangUp();
            } else {
                machine.receive(monitor, buffer.array(), count);
            }
        } catch (IOException e) {
            // The client has gone without a word, which is its right.
            hangUp();
        }
    }

    /** Sends what can be sent; true when some is left. */
    boolean flush() {
        if (client == null) {
            return false;
        }
        if (machine.state().isCut(monitor)) {
            hangUp();
            return false;
        }
        byte[] lines = machine.fetch(monitor);
        if (lines.length > 0) {
            unsent.add(ByteBuffer.wrap(lines));
        }
        try {
            while (!unsent.isEmpty() && writeFirst()) {
                unsent.remove();
            }
            boolean isLeft = !unsent.isEmpty();
            int reading = machine.isSatiated(monitor) ? 0 : SelectionKey.OP_READ;
            clientKey.interestOps(isLeft ? reading | SelectionKey.OP_WRITE : reading);
            return isLeft;
        } catch (IOException e) {
            hangUp();
            return false;
        }
    }

    private boolean writeFirst() throws IOException {
        client.write(unsent.element());
        return !unsent.element().hasRemaining();
    }

    private void hangUp() {
        unsent.clear();
        close(client);
        client = null;
        machine.disconnect(monitor);
        listeningKey.interestOps(SelectionKey.OP_ACCEPT);
    }

    void close() {
        if (client != null) {
            close(client);
        }
        close(listening);
    }

    private static void close(AutoCloseable channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
