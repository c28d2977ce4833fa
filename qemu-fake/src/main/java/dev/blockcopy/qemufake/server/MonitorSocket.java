package dev.blockcopy.qemufake.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/** The socket of one monitor, and the one client that it serves. */
final class MonitorSocket {
    private static final int BUFFER = 64 << 10;

    private final Machine machine;
    private final int monitor;
    private final Selector selector;
    private final Sockets sockets;
    private final ServerSocketChannel listening;
    private final SelectionKey listeningKey;
    private final Deque<ByteBuffer> unsent = new ArrayDeque<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    private long unsentBytes;
    private SocketChannel client;
    private SelectionKey clientKey;

    MonitorSocket(Machine machine, int monitor, Selector selector, Sockets sockets, Path socket) throws IOException {
        this.machine = machine;
        this.monitor = monitor;
        this.selector = selector;
        this.sockets = sockets;
        this.listening = sockets.listen(socket);
        listening.configureBlocking(false);
        listeningKey = selector == null ? null : listening.register(selector, SelectionKey.OP_ACCEPT, this);
    }

    /** Takes a client, or what one has sent, without being told that there is any; false if there was none. */
    boolean look() throws IOException {
        if (client == null) {
            accept();
            return client != null;
        }
        return !machine.isSatiated(monitor) && read();
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
        sockets.prepare(accepted);
        client = accepted;
        if (selector != null) {
            clientKey = accepted.register(selector, SelectionKey.OP_READ, this);
            listeningKey.interestOps(0);
        }
        machine.connect(monitor);
    }

    private boolean read() {
        try {
            int count = client.read(buffer.clear());
            if (count < 0) {
                hangUp();
            } else {
                machine.receive(sockets.received(client));
                machine.receive(monitor, buffer.array(), count);
            }
            return count > 0;
        } catch (IOException e) {
            // The client has gone without a word, which is its right.
            hangUp();
            return false;
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
        if (isTooMuch()) {
            machine.note(monitor, "the client does not read, and is dropped");
            hangUp();
            return false;
        }
        byte[] lines = machine.fetch(monitor);
        if (lines.length > 0) {
            unsent.add(ByteBuffer.wrap(lines));
            unsentBytes += lines.length;
        }
        try {
            while (!unsent.isEmpty() && writeFirst()) {
                unsent.remove();
            }
            machine.unsent(monitor, unsentBytes);
            waitForClient();
            return !unsent.isEmpty();
        } catch (IOException e) {
            hangUp();
            return false;
        }
    }

    private boolean isTooMuch() {
        int lines = machine.linesFor(monitor);
        return lines > 0 && unsentBytes > Unread.droppedBytes() || lines > Unread.DROPPED_LINES;
    }

    private boolean writeFirst() throws IOException {
        unsentBytes -= client.write(unsent.element());
        return !unsent.element().hasRemaining();
    }

    private void waitForClient() {
        if (selector != null) {
            int reading = machine.isSatiated(monitor) ? 0 : SelectionKey.OP_READ;
            clientKey.interestOps(unsent.isEmpty() ? reading : reading | SelectionKey.OP_WRITE);
        }
    }

    private void hangUp() {
        unsent.clear();
        unsentBytes = 0;
        close(client);
        client = null;
        machine.disconnect(monitor);
        if (selector != null) {
            listeningKey.interestOps(SelectionKey.OP_ACCEPT);
        }
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
