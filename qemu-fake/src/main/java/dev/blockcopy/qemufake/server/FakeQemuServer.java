package dev.blockcopy.qemufake.server;

import dev.blockcopy.qemufake.QemuMove;
import java.io.IOException;
import java.nio.channels.Selector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A {@link Machine} behind UNIX sockets, one for each monitor, on one thread of its own.
 *
 * <p>A monitor serves one client at a time, as QEMU does: another one can connect, and is greeted when the first has
 * gone. Other threads ask for things through {@link #ask}, which this thread does between two moves.
 */
final class FakeQemuServer implements AutoCloseable {
    private static final long BUSY_NANOS = 5_000_000;
    private static final long FAREWELL_NANOS = 1_000_000_000L;
    private static final long REFUSED_MILLIS = 100;
    /** Nothing is missed by waking up too often, and a minute is rare enough. */
    private static final long LONGEST_MILLIS = 60_000;

    private static final long MICROS_PER_MILLI = 1000;

    private final Machine machine;
    private final Guest guest;
    private final Clock clock;
    private final List<Path> sockets;
    private final List<MonitorSocket> monitors = new ArrayList<>();
    private final Queue<Runnable> asked = new ConcurrentLinkedQueue<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Selector selector;

    private volatile boolean isKilled;
    /** What ended its thread, where it was neither its end nor its death; null for nothing. */
    private volatile Throwable failure;

    private FakeQemuServer(Machine machine, Guest guest, Clock clock, Sockets kind, List<Path> sockets)
            throws IOException {
        this.machine = machine;
        this.guest = guest;
        this.clock = clock;
        this.sockets = sockets;
        this.selector = kind.selector();
        for (Path socket : sockets) {
            monitors.add(new MonitorSocket(machine, monitors.size(), selector, kind, socket));
        }
    }

    /** Binds the sockets, in place of what stood there, and serves. */
    static FakeQemuServer start(Machine machine, Guest guest, Clock clock, Sockets kind, List<Path> sockets)
            throws IOException {
        FakeQemuServer server = new FakeQemuServer(machine, guest, clock, kind, sockets);
        Thread thread = new Thread(server::serve, "qemu-fake");
        thread.setDaemon(true);
        thread.start();
        return server;
    }

    /** A part of the life of the serving thread. */
    private interface Part {
        void live() throws IOException;
    }

    /** Whatever ends this thread, those who wait for it hear of it. */
    private void serve() {
        attempt(this::serveClients);
        attempt(this::closeAll);
        ended.countDown();
    }

    private void attempt(Part part) {
        try {
            part.live();
        } catch (IOException | RuntimeException | Error e) {
            failure = failure == null ? e : failure;
        }
    }

    private void serveClients() throws IOException {
        while (!isOver()) {
            turn();
        }
        sayFarewell();
    }

    private boolean isOver() {
        return isKilled || machine.state().isDead() || machine.state().isQuitting();
    }

    private void turn() throws IOException {
        boolean isBusy = work();
        for (MonitorSocket monitor : monitors) {
            monitor.flush();
        }
        // what was sent just now may have been all that kept a monitor's commands waiting
        await(isBusy || isOver() || machine.hasMoves() ? 0 : sleepMillis());
        for (MonitorSocket monitor : monitors) {
            monitor.look();
        }
    }

    /**
     * Waits for a client, for so long at most. Which one it was is not asked: junixsocket's selector tells of a channel
     * only when it was not ready the time before, but it wakes up.
     */
    private void await(long millis) throws IOException {
        if (millis == 0) {
            selector.selectNow();
        } else {
            selector.select(millis);
        }
        selector.selectedKeys().clear();
    }

    /** Moves for a few milliseconds at most; true when there is more to do. */
    private boolean work() {
        long start = System.nanoTime();
        for (Runnable one = asked.poll(); one != null; one = asked.poll()) {
            one.run();
        }
        do {
            machine.at(clock.nowMicros());
            guest.write(machine);
            if (isOver() || !machine.step() && !skips()) {
                return false;
            }
        } while (System.nanoTime() - start < BUSY_NANOS);
        return true;
    }

    /** With a clock that skips, goes on to what happens next by itself; a guest's writes are not waited for. */
    private boolean skips() {
        OptionalLong next = machine.nextMicros();
        return next.isPresent() && clock.skipTo(next.getAsLong());
    }

    private long sleepMillis() {
        long longest = monitors.stream().anyMatch(MonitorSocket::isRefused) ? REFUSED_MILLIS : LONGEST_MILLIS;
        long wakeMicros = Math.min(machine.wakesAtMicros().orElse(Long.MAX_VALUE), guest.wakesAtMicros(machine));
        if (wakeMicros == Long.MAX_VALUE) {
            return longest;
        }
        return Math.min(longest, Math.max(1, (wakeMicros - clock.nowMicros()) / MICROS_PER_MILLI));
    }

    /** A QEMU that quits lets its clients have their last lines. */
    private void sayFarewell() throws IOException {
        if (isKilled || machine.state().isDead()) {
            return;
        }
        long deadline = System.nanoTime() + FAREWELL_NANOS;
        boolean isPending = true;
        while (isPending && System.nanoTime() < deadline) {
            isPending = false;
            for (MonitorSocket monitor : monitors) {
                isPending |= monitor.flush();
            }
            if (isPending) {
                pause();
            }
        }
        for (Path socket : sockets) {
            Files.deleteIfExists(socket);
        }
    }

    private void pause() throws IOException {
        await(TimeUnit.NANOSECONDS.toMillis(FAREWELL_NANOS) / 100);
    }

    private void closeAll() throws IOException {
        monitors.forEach(monitor -> attempt(monitor::close));
        attempt(machine::close);
        selector.close();
    }

    /** Has the serving thread do something soon. */
    void ask(Runnable one) {
        asked.add(one);
        selector.wakeup();
    }

    Machine machine() {
        return machine;
    }

    boolean isServing() {
        return ended.getCount() > 0;
    }

    /**
     * Waits until it has ended.
     *
     * @throws IllegalStateException if it could not go on
     */
    void join() {
        await(ended::await);
        if (failure != null) {
            throw new IllegalStateException("the fake could not go on: " + failure, failure);
        }
    }

    /** A wait that may be interrupted. */
    private interface Wait {
        void end() throws InterruptedException;
    }

    private static void await(Wait wait) {
        try {
            wait.end();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** As by SIGKILL: connections go, the socket files stay. */
    void kill() {
        isKilled = true;
        selector.wakeup();
        await(ended::await);
    }

    /** As by SIGTERM; whoever is in a hurry waits for no longer than this. */
    void end(long millis) {
        if (isServing()) {
            ask(() -> machine.make(new QemuMove.Terminate()));
            await(() -> ended.await(millis, TimeUnit.MILLISECONDS));
        }
    }

    /** The same, however long it takes. */
    @Override
    public void close() {
        end(Long.MAX_VALUE);
        join();
    }
}
