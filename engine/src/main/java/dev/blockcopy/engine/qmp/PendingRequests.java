package dev.blockcopy.engine.qmp;

import dev.blockcopy.model.qmp.QmpCommand;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The commands that have no reply yet, those overdue included. */
final class PendingRequests {

    /** A command on its way. */
    static final class Pending {
        final String id;
        final QmpCommand command;
        private final long deadlineNanos;
        private boolean overdue;

        private Pending(String id, QmpCommand command, long deadlineNanos) {
            this.id = id;
            this.command = command;
            this.deadlineNanos = deadlineNanos;
        }
    }

    private final Map<String, Pending> byId = new LinkedHashMap<>();

    void add(String id, QmpCommand command, long deadlineNanos) {
        byId.put(id, new Pending(id, command, deadlineNanos));
    }

    int size() {
        return byId.size();
    }

    /** The request of a reply, now answered; {@code null} if it is none of ours. */
    Pending answered(Object id) {
        return id instanceof String ? byId.remove(id) : null;
    }

    /** Those that have become overdue, each told once. */
    List<Pending> overdue(long nowNanos) {
        List<Pending> overdue = new ArrayList<>();
        for (Pending pending : byId.values()) {
            if (!pending.overdue && nowNanos - pending.deadlineNanos >= 0) {
                pending.overdue = true;
                overdue.add(pending);
            }
        }
        return overdue;
    }

    /** How long until the next becomes overdue, at most {@code mostNanos}. */
    long nanosLeft(long nowNanos, long mostNanos) {
        long left = mostNanos;
        for (Pending pending : byId.values()) {
            if (!pending.overdue) {
                left = Math.min(left, pending.deadlineNanos - nowNanos);
            }
        }
        return left;
    }
}
