package dev.blockcopy.qemufake.server;

import dev.blockcopy.qemufake.FaultRule;
import dev.blockcopy.qemufake.QemuState;
import dev.blockcopy.qemufake.journal.Journal;
import java.nio.file.Path;
import java.util.List;

/**
 * A running fake QEMU on UNIX sockets. Safe to use from any thread.
 *
 * <pre>{@code
 * try (FakeQemu qemu = FakeQemu.builder().drive("drive0", source).guest(200).start(socket)) {
 *     ... // any QMP client on the socket
 * }
 * }</pre>
 */
public final class FakeQemu implements AutoCloseable {
    private final FakeQemuServer server;
    private final Journal journal;
    private final Guest guest;
    private final List<Path> sockets;

    FakeQemu(FakeQemuServer server, Journal journal, Guest guest, List<Path> sockets) {
        this.server = server;
        this.journal = journal;
        this.guest = guest;
        this.sockets = sockets;
    }

    public static FakeQemuBuilder builder() {
        return new FakeQemuBuilder();
    }

    /** The socket of the first monitor. */
    public Path socket() {
        return sockets.get(0);
    }

    /** Everything that crossed the sockets, and every fault that struck. */
    public Journal journal() {
        return journal;
    }

    /** The scripted guest; one that never writes unless the builder was told so. */
    public Guest guest() {
        return guest;
    }

    /** A look behind the monitor: what the fake is just now. */
    public QemuState state() {
        return server.machine().state();
    }

    /** From the next command on, something is to go wrong. */
    public void inject(FaultRule rule) {
        server.ask(() -> server.machine().inject(rule));
    }

    /** From the next command on, nothing is to go wrong any more, and what stood still because of a fault goes on. */
    public void resetFaults() {
        server.ask(() -> server.machine().resetFaults());
    }

    /** Whether it lives: it was neither killed, by somebody or by a fault, nor told to end. */
    public boolean isServing() {
        return server.isServing();
    }

    /**
     * Waits until it has ended by itself: by {@code quit}, or by a fault.
     *
     * @throws IllegalStateException if it could not go on, for instance because its journal's sink threw
     */
    public void join() {
        server.join();
    }

    /** Dies without ceremony, as by SIGKILL: connections go, nothing is told, the socket files stay. */
    public void kill() {
        server.kill();
    }

    /** As {@link #close}, but waits for no longer than this. */
    void end(long millis) {
        server.end(millis);
    }

    /**
     * Ends as by SIGTERM: jobs are cancelled and told of, the socket files go. Does nothing when it has ended.
     *
     * @throws IllegalStateException if it could not go on before
     */
    @Override
    public void close() {
        server.close();
    }
}
