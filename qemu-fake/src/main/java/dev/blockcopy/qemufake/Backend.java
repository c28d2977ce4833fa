package dev.blockcopy.qemufake;

import dev.blockcopy.model.qmp.BlockdevOnError;

/**
 * What a disk of the guest hangs on.
 *
 * @param drive the id given to {@code -drive}; empty for a {@code -blockdev} disk
 * @param qdev the QOM path of the guest's device; empty while no device uses the drive
 * @param root the node that reads and writes go to; empty where the disk has no medium
 * @param onWriteError what is done when a write of the guest fails ({@code werror})
 * @param ioStatus {@code ok}, {@code nospace} or {@code failed}
 */
public record Backend(String drive, String qdev, String root, BlockdevOnError onWriteError, String ioStatus) {
    static final String OK = "ok";

    /** With QEMU's policy where nobody says another: the guest stops when there is no space. */
    Backend(String drive, String qdev, String root) {
        this(drive, qdev, root, BlockdevOnError.ENOSPC, OK);
    }

    Backend on(String node) {
        return new Backend(drive, qdev, node, onWriteError, ioStatus);
    }

    Backend behind(String device) {
        return new Backend(drive, device, root, onWriteError, ioStatus);
    }

    Backend on(BlockdevOnError policy) {
        return new Backend(drive, qdev, root, policy, ioStatus);
    }

    Backend is(String status) {
        return new Backend(drive, qdev, root, onWriteError, status);
    }

    /** False after a reopen that failed both ways, and in the middle of any. */
    boolean hasMedium() {
        return !root.isEmpty();
    }

    boolean hasDevice() {
        return !qdev.isEmpty();
    }

    /** Whether the guest's device on it has this id. */
    boolean isOf(String deviceId) {
        return hasDevice() && qdev.split("/")[3].equals(deviceId);
    }

    boolean isCalled(String driveOrQdev) {
        return drive.equals(driveOrQdev) || hasDevice() && qdev.equals(driveOrQdev);
    }

    /** The name that error texts and the graph use. */
    String label() {
        return drive.isEmpty() ? qdev : drive;
    }
}
