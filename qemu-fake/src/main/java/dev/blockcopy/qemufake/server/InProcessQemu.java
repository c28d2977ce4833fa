package dev.blockcopy.qemufake.server;

import dev.blockcopy.qemufake.FaultRule;
import dev.blockcopy.qemufake.MemoryHost;
import dev.blockcopy.qemufake.QemuCore;
import dev.blockcopy.qemufake.QemuMove;
import dev.blockcopy.qemufake.QemuState;
import dev.blockcopy.qemufake.journal.Journal;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * A fake QEMU without sockets, threads and clock: bytes in, bytes out, and time goes on when its caller says so. The
 * same calls give the same bytes. For one thread.
 */
public final class InProcessQemu implements AutoCloseable {
    private static final long NANOS_PER_MICRO = 1000;

    private final Machine machine;
    private final Journal journal;
    private final Guest guest;
    private final MemoryHost memory;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    InProcessQemu(Machine machine, Journal journal, Guest guest, MemoryHost memory) {
        this.machine = machine;
        this.journal = journal;
        this.guest = guest;
        this.memory = memory;
    }

    /** A client comes; the greeting waits to be received. */
    public void connect() {
        out.reset();
        machine.connect(0);
        out.writeBytes(machine.fetch(0));
    }

    /** The client goes; what it had not received is lost. */
    public void disconnect() {
        machine.disconnect(0);
        memory.forgetReceived();
        out.reset();
    }

    /** Bytes from the client; nothing happens yet. */
    public void send(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        machine.receive(0, bytes, bytes.length);
    }

    /** Makes one move; false when there is none at this time. */
    public boolean step() {
        guest.write(machine);
        boolean isMoved = machine.step();
        out.writeBytes(machine.fetch(0));
        return isMoved;
    }

    /** What may happen next at this time, the most urgent first: for a caller who picks. */
    public List<QemuMove> moves() {
        return QemuCore.moves(machine.state());
    }

    /** Makes the move that a caller has picked. */
    public void make(QemuMove move) {
        machine.make(move);
        out.writeBytes(machine.fetch(0));
    }

    /** The guest does its next write at once, however seldom it writes by itself; false if it can't go in. */
    public boolean guestWrites() {
        boolean isWritten = guest.writeNow(machine);
        out.writeBytes(machine.fetch(0));
        return isWritten;
    }

    /** The guest flushes at once; false if that can't go in, or failed. */
    public boolean guestFlushes() {
        boolean isFlushed = guest.flushNow(machine);
        out.writeBytes(machine.fetch(0));
        return isFlushed;
    }

    /** Time goes on to when something is due, and nothing moves yet; false if nothing ever is. */
    public boolean sleep() {
        OptionalLong wakes = machine.wakesAtMicros();
        wakes.ifPresent(machine::at);
        return wakes.isPresent();
    }

    /** When something is due next that only time keeps from happening, in microseconds of its clock; empty if nothing is. */
    public OptionalLong wakesAtMicros() {
        return machine.wakesAtMicros();
    }

    /** Time goes on, and nothing moves yet. */
    public void pass(long micros) {
        machine.at(machine.state().nowMicros() + micros);
    }

    /** Whether the guest can write or flush now. */
    public boolean admitsGuest() {
        return guest.isAdmitted(machine);
    }

    /** Makes moves until there is none at this time. */
    public void run() {
        while (step()) {
            // Every step is a move nearer to rest: commands are finite, and so is what is to be copied.
            continue;
        }
    }

    /** Time goes on, and with it whatever waited for it. */
    public void advance(Duration duration) {
        long end = machine.state().nowMicros() + duration.toNanos() / NANOS_PER_MICRO;
        for (long now = next(end); now < end; now = next(end)) {
            machine.at(now);
            run();
        }
        machine.at(end);
        run();
    }

    private long next(long end) {
        long wake = Math.min(machine.wakesAtMicros().orElse(end), guest.wakesAtMicros(machine));
        return Math.min(end, Math.max(wake, machine.state().nowMicros() + 1));
    }

    /** What the client has been sent since the last call. */
    public String receive() {
        String text = out.toString(StandardCharsets.US_ASCII);
        out.reset();
        return text;
    }

    /** SIGTERM: jobs are cancelled and told of, and nothing happens after that. */
    public void terminate() {
        machine.make(new QemuMove.Terminate());
        out.writeBytes(machine.fetch(0));
    }

    /** Something more is to go wrong from now on. */
    public void inject(FaultRule rule) {
        machine.inject(rule);
    }

    /** Nothing is to go wrong any more, and what stood still because of a fault goes on. */
    public void resetFaults() {
        machine.resetFaults();
    }

    /** Whether a fault has cut the connection. */
    public boolean isCut() {
        return machine.state().isCut(0);
    }

    public QemuState state() {
        return machine.state();
    }

    public Journal journal() {
        return journal;
    }

    public Guest guest() {
        return guest;
    }

    /** The images in memory. */
    public MemoryHost memory() {
        return memory;
    }

    @Override
    public void close() {
        machine.close();
    }
}
