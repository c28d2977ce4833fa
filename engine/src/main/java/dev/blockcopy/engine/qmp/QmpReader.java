package dev.blockcopy.engine.qmp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.spi.SelectorProvider;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * One thread that hears any number of connections: each has its turn when something came for it, when there is room to
 * write on, when its time has come, and when it is woken. The thread is there as long as there is a connection.
 */
final class QmpReader {

    private static final int READ_BYTES = 64 << 10;

    private final SelectorProvider provider;
    private final Queue<QmpConnection> woken = new ArrayDeque<>();
    private Selector selector;
    private Thread thread;

    QmpReader(SelectorProvider provider) {
        this.provider = provider;
    }

    /** Hears a connection from now on, until its turn says that it has ended. */
    synchronized void add(QmpConnection connection) throws IOException {
        if (thread == null) {
            Selector opened = provider.openSelector();
            Thread started = new Thread(new Turns(opened)::run, "qmp reader");
            started.setDaemon(true);
            try {
                started.start();
            } catch (Error e) {
                opened.close();
                throw new IOException(e.getMessage(), e);
            }
            selector = opened;
            thread = started;
        }
        wake(connection);
    }

    /** Gives a connection a turn soon; one that has ended needs none. */
    synchronized void wake(QmpConnection connection) {
        if (thread != null) {
            woken.add(connection);
            selector.wakeup();
        }
    }

    /** Whether this is the thread. */
    synchronized boolean isCurrent() {
        return Thread.currentThread() == thread;
    }

    /** Those who were woken; where nobody is left, and nobody was, it is over. */
    private synchronized boolean takeWoken(Set<QmpConnection> into, boolean isAnyLeft) {
        into.addAll(woken);
        woken.clear();
        if (isAnyLeft || !into.isEmpty()) {
            return true;
        }
        thread = null;
        return false;
    }

    /** What the thread does, for as long as it is there. */
    private final class Turns {
        private final Selector own;
        private final Map<QmpConnection, SelectionKey> keys = new HashMap<>();
        private final Set<QmpConnection> next = new LinkedHashSet<>();
        private final ByteBuffer bytes = ByteBuffer.allocate(READ_BYTES);

        Turns(Selector own) {
            this.own = own;
        }

        void run() {
            try (own) {
                while (takeWoken(next, !keys.isEmpty())) {
                    next.forEach(this::turn);
                    next.clear();
                    rest();
                }
            } catch (IOException | RuntimeException | Error e) {
                next.addAll(keys.keySet());
                do {
                    next.forEach(connection -> connection.fail(e));
                    next.clear();
                } while (takeWoken(next, false));
            }
        }

        private void rest() throws IOException {
            if (keys.isEmpty()) {
                return;
            }
            long now = System.nanoTime();
            long nanos = Long.MAX_VALUE;
            for (QmpConnection connection : keys.keySet()) {
                nanos = Math.min(nanos, connection.dueNanos() - now);
            }
            own.select(
                    key -> next.add((QmpConnection) key.attachment()),
                    Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos)));
            long then = System.nanoTime();
            for (QmpConnection connection : keys.keySet()) {
                if (connection.dueNanos() - then <= 0) {
                    next.add(connection);
                }
            }
        }

        private void turn(QmpConnection connection) {
            try {
                SelectionKey key = keys.get(connection);
                if (key == null && !connection.hasEnded()) {
                    key = connection.channel().register(own, connection);
                    keys.put(connection, key);
                }
                if (key != null && connection.turn(bytes)) {
                    key.interestOps(SelectionKey.OP_READ | (connection.wantsRoom() ? SelectionKey.OP_WRITE : 0));
                    return;
                }
                connection.channel().close();
            } catch (IOException | RuntimeException | Error e) {
                connection.fail(e);
            }
            keys.remove(connection);
        }
    }
}
