package dev.blockcopy.qemufake.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
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
    private static final long REFUSED_NANOS = 100_000_000;

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
    private boolean isRefused;
    private long refusedNanos;

    MonitorSocket(Machine machine, int monitor, Selector selector, Sockets sockets, Path socket) throws IOException {
        this.machine = machine;
        this.monitor = monitor;
        this.selector = selector;
        this.sockets = sockets;
        this.listening = sockets.bind(socket);
        listening.configureBlocking(false);
        listeningKey = listening.register(selector, SelectionKey.OP_ACCEPT, this);
    }

    /** Takes a client that waits, or what this one has sent; nothing if there is nothing. */
    void look() {
        if (client == null) {
            accept();
        } else {
            read();
        }
    }

    /**
     * The next one waits in the kernel until this one has gone. Where the process has no descriptor left for it, it waits
     * there too, and is asked for again a little later.
     */
    private void accept() {
        if (isRefused) {
            return;
        }
        SocketChannel accepted = null;
        try {
            accepted = listening.accept();
            if (accepted == null) {
                return;
            }
            accepted.configureBlocking(false);
            sockets.prepare(accepted);
            clientKey = accepted.register(selector, SelectionKey.OP_READ, this);
            listeningKey.interestOps(0);
            client = accepted;
        } catch (IOException e) {
            machine.note(monitor, "a client can't be let in: " + e.getMessage());
            listeningKey.interestOps(0);
            refusedNanos = System.nanoTime();
            isRefused = true;
            close(accepted);
            return;
        }
        machine.connect(monitor);
    }

    /** Whether a client that could not be let in is to be asked for again. */
    boolean isRefused() {
        return isRefused;
    }

    private void acceptAgain() {
        if (isRefused && System.nanoTime() - refusedNanos >= REFUSED_NANOS) {
            isRefused = false;
            listeningKey.interestOps(SelectionKey.OP_ACCEPT);
        }
    }

    /** Until nothing is left: a selector may not tell again of a channel that it told of, be it that it has ended since. */
    private void read() {
        try {
            int count = 1;
            while (count > 0 && !machine.isSatiated(monitor)) {
                count = client.read(buffer.clear());
                if (count > 0) {
                    machine.receive(sockets.received(client));
                    machine.receive(monitor, buffer.array(), count);
                }
            }
            if (count < 0) {
                hangUp();
            }
        } catch (IOException e) {
            // The client has gone without a word, which is its right.
            hangUp();
        }
    }

    /** Sends what can be sent; true when some is left. */
    boolean flush() {
        if (client == null) {
            acceptAgain();
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
        int reading = machine.isSatiated(monitor) ? 0 : SelectionKey.OP_READ;
        clientKey.interestOps(unsent.isEmpty() ? reading : reading | SelectionKey.OP_WRITE);
    }

    private void hangUp() {
        unsent.clear();
        unsentBytes = 0;
        clientKey.cancel();
        close(client);
        client = null;
        machine.disconnect(monitor);
        listeningKey.interestOps(SelectionKey.OP_ACCEPT);
    }

    void close() {
        close(client);
        close(listening);
    }

    private static void close(Channel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
