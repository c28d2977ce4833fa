package dev.blockcopy.qemufake;

import dev.blockcopy.model.qmp.QmpMessage;
import dev.blockcopy.model.qmp.QmpRequest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/** One monitor of a {@link QemuState}: what its client has sent, and what it is to be told. */
final class Monitor {
    /**
     * Something that came off the wire and is not answered yet.
     *
     * @param request the command; null if it was none
     * @param complaint what is wrong with its form; null for a command
     * @param id the id of what was wrong in form, as far as it could be read
     * @param isOutOfBand it went past what waited before it
     */
    record Pending(QmpRequest request, String complaint, Object id, boolean isOutOfBand) {}

    /** What becomes of the connection once the lines in {@link #sent} are out. */
    enum Ending {
        NONE,
        /** It goes. */
        WHOLE_LINE,
        /** It goes in the middle of the last one. */
        HALF_LINE
    }

    private static final Set<String> DRAINING = Set.of(
            "stop",
            "quit",
            "transaction",
            "x-blockdev-change",
            "drive-backup",
            "blockdev-backup",
            "blockdev-snapshot",
            "blockdev-snapshot-sync");

    boolean isNegotiated;
    boolean isOobEnabled;
    /** A fault has cut the connection; nothing is told any more until the next client. */
    boolean isCut;
    /** Lines stay in QEMU until then; 0 for no such fault. */
    long heldUntilMicros;

    Ending ending = Ending.NONE;
    /** A fault keeps it from reading and telling; null for none. */
    Standstill hang;

    final Deque<Pending> waiting = new ArrayDeque<>(2);
    final List<QmpMessage> sent = new ArrayList<>();

    Monitor copy() {
        Monitor copy = new Monitor();
        copy.isNegotiated = isNegotiated;
        copy.isOobEnabled = isOobEnabled;
        copy.isCut = isCut;
        copy.heldUntilMicros = heldUntilMicros;
        copy.ending = ending;
        copy.hang = hang;
        copy.waiting.addAll(waiting);
        copy.sent.addAll(sent);
        return copy;
    }

    /** The next command drains all disks before it does anything. */
    boolean isDraining() {
        Pending next = isNegotiated && !isCut ? waiting.peek() : null;
        return next != null
                && next.request() != null
                && DRAINING.contains(next.request().execute());
    }

    /** The connection is gone: neither what waits nor what was to be told survives. */
    void cut() {
        isCut = true;
        waiting.clear();
        sent.clear();
    }

    void tell(QmpMessage line) {
        if (!isCut && ending == Ending.NONE) {
            sent.add(line);
        }
    }

    /** Nothing is told any more. */
    void hush() {
        isCut = true;
    }

    /** Nothing holds it back any more. */
    void release() {
        heldUntilMicros = 0;
        hang = null;
    }

    /** The line that was told last, if there is one, is told again. */
    void repeat(long copies) {
        QmpMessage line = sent.isEmpty() ? null : sent.get(sent.size() - 1);
        for (long i = 0; i < copies && line != null; i++) {
            tell(line);
        }
    }

    /** A client has come or gone: nothing of the last one stays, but a monitor that hangs does so for the next. */
    void reset() {
        isNegotiated = false;
        isOobEnabled = false;
        isCut = false;
        heldUntilMicros = 0;
        ending = Ending.NONE;
        waiting.clear();
        sent.clear();
    }
}
