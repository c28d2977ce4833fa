package dev.blockcopy.qemufake;

/**
 * What a disk of the guest hangs on.
 *
 * @param drive the id given to {@code -drive}; empty for a {@code -blockdev} disk
 * @param qdev the QOM path of the guest's device; empty while no device uses the drive
 * @param root the node that reads and writes go to; empty where the disk has no medium
 */
public record Backend(String drive, String qdev, String root) {
    Backend on(String node) {
        return new Backend(drive, qdev, node);
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
