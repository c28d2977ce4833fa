package dev.blockcopy.qemufake;

import java.util.ArrayList;
import java.util.List;

/**
 * The rules of a {@code blkdebug} node and where they stand, as in {@code block/blkdebug.c}: events arm rules and change
 * the state, and an armed rule fails the requests that it fits. Immutable.
 *
 * @param injections what may fail
 * @param changes how the state changes
 * @param state 1 at first
 * @param armed the rules that an event has armed, the latest first
 */
record Blkdebug(List<Injection> injections, List<StateChange> changes, int state, List<Injection> armed) {
    /** The event that happens when the node is opened, and never again. */
    static final String NONE = "none";

    /**
     * A failure.
     *
     * @param event what arms it (QAPI {@code BlkdebugEvent})
     * @param state only in this state; 0 for any
     * @param ioType only this kind of request (QAPI {@code BlkdebugIOType}); null for all but block-status
     * @param errno what the request fails with
     * @param sector only a request that touches this one; -1 for any
     * @param isOnce gone when it has struck
     */
    record Injection(String event, int state, String ioType, Errno errno, long sector, boolean isOnce) {
        private static final int SECTOR = 512;

        boolean fits(String type, long offset, long length) {
            long at = sector * SECTOR;
            return (ioType == null ? !type.equals("block-status") : ioType.equals(type))
                    && (sector < 0 || length > 0 && at >= offset && at < offset + length);
        }
    }

    /** On an event, in a state (0 for any), a new state. */
    record StateChange(String event, int state, int newState) {}

    /** What became of a request: null for no error, and the rules after it. */
    record Checked(Errno errno, Blkdebug next) {}

    Blkdebug {
        injections = List.copyOf(injections);
        changes = List.copyOf(changes);
        armed = List.copyOf(armed);
    }

    static Blkdebug opened(List<Injection> injections, List<StateChange> changes) {
        return new Blkdebug(injections, changes, 1, List.of()).after(NONE);
    }

    /** An event arms all rules that wait for it, in place of those armed so far, and then the state changes. */
    Blkdebug after(String event) {
        List<Injection> nowArmed = new ArrayList<>();
        for (Injection rule : injections) {
            if (rule.event().equals(event) && isIn(rule.state())) {
                nowArmed.add(0, rule);
            }
        }
        int newState = state;
        for (StateChange change : changes) {
            newState = change.event().equals(event) && isIn(change.state()) ? change.newState() : newState;
        }
        return new Blkdebug(injections, changes, newState, nowArmed.isEmpty() ? armed : nowArmed);
    }

    private boolean isIn(int wanted) {
        return wanted == 0 || wanted == state;
    }

    /** Whether a request fails; a rule that strikes once is gone then. */
    Checked check(String type, long offset, long length) {
        for (Injection rule : armed) {
            if (rule.fits(type, offset, length)) {
                return new Checked(rule.errno(), rule.isOnce() ? without(rule) : this);
            }
        }
        return new Checked(null, this);
    }

    private Blkdebug without(Injection rule) {
        List<Injection> left = new ArrayList<>(injections);
        left.remove(rule);
        List<Injection> stillArmed = new ArrayList<>(armed);
        stillArmed.remove(rule);
        return new Blkdebug(left, changes, state, stillArmed);
    }
}
