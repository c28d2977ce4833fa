package dev.blockcopy.qemufake;

import dev.blockcopy.model.qmp.BlockErrorAction;
import dev.blockcopy.model.qmp.RunState;

/**
 * What becomes of a guest whose write failed, by the policy of its disk ({@code blk_error_action} in {@code
 * block-backend.c}): it is told, it is told nothing, or it stops until somebody lets it try again.
 */
final class GuestErrors {
    private GuestErrors() {}

    /** A write of the guest is back. */
    static void onWrite(QemuState q, Backend disk, HostResult.Failed failed) {
        if (failed == null) {
            q.guestWrite = GuestWriteOutcome.DONE;
            return;
        }
        BlockErrorAction action = JobErrors.action(disk.onWriteError(), failed.errno());
        if (action == BlockErrorAction.STOP) {
            q.graph.replace(disk, disk.is(JobErrors.ioStatus(failed.errno())));
        }
        tell(q, disk, action, failed.errno());
        switch (action) {
            case IGNORE -> q.guestWrite = GuestWriteOutcome.DONE;
            case REPORT, UNKNOWN -> q.guestWrite = GuestWriteOutcome.REFUSED;
            case STOP -> {
                q.guestWrite = GuestWriteOutcome.HELD;
                StatusCommands.pause(q, RunState.IO_ERROR);
            }
        }
    }

    private static void tell(QemuState q, Backend disk, BlockErrorAction action, Errno errno) {
        q.tell(
                "BLOCK_IO_ERROR",
                Members.of(
                        "device", disk.drive(),
                        "nospace", errno == Errno.ENOSPC,
                        "node-name", disk.root(),
                        "reason", errno.text(),
                        "operation", "write",
                        "action", action.wire()));
    }
}
