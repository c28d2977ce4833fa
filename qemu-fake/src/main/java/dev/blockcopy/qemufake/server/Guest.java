package dev.blockcopy.qemufake.server;

import dev.blockcopy.qemufake.GuestWriteOutcome;
import dev.blockcopy.qemufake.Payload;
import dev.blockcopy.qemufake.QemuCore;
import dev.blockcopy.qemufake.QemuMove;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A guest that writes {@link GuestRecord}s at a rate, one after another over its disk and round again.
 *
 * <p>It obeys the monitor: no write while it is stopped, and on a drained disk the write in flight hangs. A write is
 * acknowledged when it has returned; what was acknowledged can be looked for in any image. Safe to ask from any thread.
 */
public final class Guest {
    private static final long MICROS = 1_000_000;
    /** Neighbouring writes fall far apart, so that a mirror sees some before it and some behind it. */
    private static final long STRIDE = 7919;

    private final String disk;
    private final long slots;
    private final long periodMicros;
    private final List<GuestRecord> acknowledged = new ArrayList<>();
    private long nextMicros = -1;
    private long number;
    private int flushed;

    /** A guest that never writes. */
    static final Guest IDLE = new Guest("", 0, 0);

    /**
     * A guest on a disk.
     *
     * @param disk the drive id or QOM path
     * @param size of the disk, in bytes
     * @param writesPerSecond how often it writes
     */
    Guest(String disk, long size, int writesPerSecond) {
        this.disk = disk;
        this.slots = size / GuestRecord.LENGTH;
        this.periodMicros = writesPerSecond == 0 ? 0 : Math.max(1, MICROS / writesPerSecond);
    }

    private boolean isIdle() {
        return periodMicros == 0 || slots == 0;
    }

    /** Does the one write that is due, if it can go in; what is missed while paused is not made up for. */
    void write(Machine machine) {
        long now = machine.state().nowMicros();
        if (!isIdle() && nextMicros <= now && writeNow(machine)) {
            nextMicros = Math.max(nextMicros, now - MICROS) + periodMicros;
        }
    }

    /** Does the next write, due or not; false if it can't go in. */
    boolean writeNow(Machine machine) {
        if (!isAdmitted(machine)) {
            return false;
        }
        GuestRecord record = next();
        machine.make(new QemuMove.GuestWrite(disk, record.offset(), Payload.of(record.bytes())));
        hear(machine, record);
        return true;
    }

    /** Whether a write or flush can go in now. */
    boolean isAdmitted(Machine machine) {
        return QemuCore.admits(machine.state(), disk);
    }

    /** Makes durable what was acknowledged so far; false if that can't go in now, or failed. */
    boolean flushNow(Machine machine) {
        if (!isAdmitted(machine)) {
            return false;
        }
        machine.make(new QemuMove.GuestFlush(disk));
        boolean isDone = !machine.state().isDead() && machine.state().guestWrite() == GuestWriteOutcome.DONE;
        if (isDone) {
            noteFlush();
        }
        return isDone;
    }

    private synchronized void noteFlush() {
        flushed = acknowledged.size();
    }

    /** What it was told to be done counts as written; what is held back is not told, and tried again. */
    private void hear(Machine machine, GuestRecord record) {
        GuestWriteOutcome outcome = machine.state().guestWrite();
        if (machine.state().isDead() || outcome == GuestWriteOutcome.HELD) {
            return;
        }
        number++;
        if (outcome == GuestWriteOutcome.DONE) {
            acknowledge(record);
        }
    }

    private GuestRecord next() {
        return new GuestRecord(number + 1, Math.floorMod((number + 1) * STRIDE, slots) * GuestRecord.LENGTH);
    }

    private synchronized void acknowledge(GuestRecord record) {
        acknowledged.add(record);
        notifyAll();
    }

    /**
     * Waits until so many writes have returned in all.
     *
     * @return whether they have; false when the time is up first
     */
    public synchronized boolean awaitAcknowledged(int count, Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        for (long left = timeout.toMillis(); acknowledged.size() < count; ) {
            if (left <= 0) {
                return false;
            }
            wait(left);
            left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        }
        return true;
    }

    /** When the next write is due; for ever while none can go in. */
    long wakesAtMicros(Machine machine) {
        if (isIdle()) {
            return Long.MAX_VALUE;
        }
        return isAdmitted(machine) ? nextMicros : Long.MAX_VALUE;
    }

    /** All writes that have returned so far, in order. */
    public synchronized List<GuestRecord> acknowledged() {
        return List.copyOf(acknowledged);
    }

    /** Those of them that a power loss can't take: a flush that came after them has returned. */
    public synchronized List<GuestRecord> flushed() {
        return List.copyOf(acknowledged.subList(0, flushed));
    }

    /**
     * The acknowledged writes that a raw image lacks: their place holds neither them nor a later record.
     *
     * @throws IOException if the image can't be read
     */
    public List<GuestRecord> lackingIn(Path image) throws IOException {
        List<GuestRecord> lacking = new ArrayList<>();
        try (FileChannel channel = FileChannel.open(image, StandardOpenOption.READ)) {
            for (GuestRecord record : GuestRecord.lastOfEachPlace(acknowledged())) {
                ByteBuffer bytes = ByteBuffer.allocate(GuestRecord.LENGTH);
                channel.read(bytes, record.offset());
                if (!record.isIn(bytes.array())) {
                    lacking.add(record);
                }
            }
        }
        return lacking;
    }
}
