package dev.blockcopy.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * Who owns a monitor, until when. QEMU serves one client per monitor, so the monitor itself is the fence; the lease only
 * tells others whom to ask. An owner whose process is gone has left it, be it run out or not.
 *
 * @param monitor the UNIX socket
 * @param owner a name drawn anew each time that a monitor is taken; behind an @ in it stands the process that took it
 * @param who process id and host, for people
 * @param until when it runs out unless renewed
 */
public record Lease(Path monitor, String owner, String who, Instant until) {
    /** Longer than any is taken for. */
    private static final Duration LONGEST = Duration.ofMinutes(2);

    /**
     * Whether somebody has it at this time: it has not run out, and its owner is not known to be gone. One that runs out
     * later than any can is of a clock that was set back since: its owner renews it at once, or does not live.
     *
     * @param now {@link Instant#EPOCH} asks for it be it run out or not
     */
    public boolean holds(Instant now) {
        boolean isOfAnotherTime = !now.equals(Instant.EPOCH) && until.isAfter(now.plus(LONGEST));
        return until.isAfter(now) && !isOfAnotherTime && !process().isGone();
    }

    OwnerProcess process() {
        return OwnerProcess.parse(owner.substring(owner.indexOf('@') + 1));
    }

    boolean isStopped() {
        return process().condition() == OwnerProcess.Condition.STOPPED;
    }

    /** Who has the monitor, and what to do where that one does not answer. */
    String remedy() {
        long pid = process().pid();
        return switch (process().condition()) {
            case STOPPED ->
                who + " holds it and is stopped: continue it (kill -CONT " + pid + ") or end it (kill -KILL " + pid
                        + ")";
            case RUNNING -> who + " holds it: let that end, or end it (kill " + pid + ")";
            case UNKNOWN ->
                who + " was the last to hold it, and can't be looked at from here: let that end, if it lives";
            case GONE -> who + " held it, and has ended";
        };
    }
}
