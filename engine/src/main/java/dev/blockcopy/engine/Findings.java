package dev.blockcopy.engine;

import java.util.ArrayList;
import java.util.List;

/**
 * What was found out along the way and is worth keeping, beyond the facts that the table decides by.
 *
 * @param madeFile device and inode of the file that we made, or empty
 * @param error why it failed, in QEMU's words where it has some, or empty
 * @param leftOver what could not be taken away, a line each
 * @param runStateBefore the guest's run state before our pause, or empty
 * @param pauseNanos how long the guest was paused by us; 0 if it was not
 * @param pivotNanos from the request to pivot to the guest running on the destination; 0 if there was none
 * @param witnessBoot the boot of the host in which the witness of a reopen was made, or empty
 * @param qemuSocket which socket the job's QEMU was last met on ({@link MonitorDialer#identity}), or empty
 * @param onTop what somebody had put on top of the disk's image when the job had ended and QEMU was last asked, or empty
 */
public record Findings(
        String madeFile,
        String error,
        List<String> leftOver,
        String runStateBefore,
        long pauseNanos,
        long pivotNanos,
        String witnessBoot,
        String qemuSocket,
        String onTop) {
    public static final Findings NONE = new Findings("", "", List.of(), "", 0, 0, "", "", "");

    public Findings {
        leftOver = List.copyOf(leftOver);
    }

    public Findings withMadeFile(String identity) {
        return new Findings(
                identity, error, leftOver, runStateBefore, pauseNanos, pivotNanos, witnessBoot, qemuSocket, onTop);
    }

    public Findings withError(String text) {
        return new Findings(
                madeFile, text, leftOver, runStateBefore, pauseNanos, pivotNanos, witnessBoot, qemuSocket, onTop);
    }

    /** One that is listed already is not listed again. */
    public Findings withLeftOver(String line) {
        List<String> lines = new ArrayList<>(leftOver);
        lines.remove(line);
        lines.add(line);
        return new Findings(
                madeFile, error, lines, runStateBefore, pauseNanos, pivotNanos, witnessBoot, qemuSocket, onTop);
    }

    public Findings withRunStateBefore(String state) {
        return new Findings(madeFile, error, leftOver, state, pauseNanos, pivotNanos, witnessBoot, qemuSocket, onTop);
    }

    public Findings withPauseNanos(long nanos) {
        return new Findings(
                madeFile, error, leftOver, runStateBefore, nanos, pivotNanos, witnessBoot, qemuSocket, onTop);
    }

    public Findings withPivotNanos(long nanos) {
        return new Findings(
                madeFile, error, leftOver, runStateBefore, pauseNanos, nanos, witnessBoot, qemuSocket, onTop);
    }

    public Findings withWitnessBoot(String boot) {
        return new Findings(madeFile, error, leftOver, runStateBefore, pauseNanos, pivotNanos, boot, qemuSocket, onTop);
    }

    /** Lists no more what begins so. */
    public Findings withoutLeftOver(String beginning) {
        List<String> lines = new ArrayList<>(leftOver);
        lines.removeIf(line -> line.startsWith(beginning));
        return new Findings(
                madeFile, error, lines, runStateBefore, pauseNanos, pivotNanos, witnessBoot, qemuSocket, onTop);
    }

    public Findings withQemuSocket(String identity) {
        return new Findings(
                madeFile, error, leftOver, runStateBefore, pauseNanos, pivotNanos, witnessBoot, identity, onTop);
    }

    public Findings withOnTop(String file) {
        return new Findings(
                madeFile, error, leftOver, runStateBefore, pauseNanos, pivotNanos, witnessBoot, qemuSocket, file);
    }
}
