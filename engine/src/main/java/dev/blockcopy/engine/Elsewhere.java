package dev.blockcopy.engine;

import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.JobState;
import java.util.function.UnaryOperator;

/**
 * What a job may still have in the QEMU that it lived in, where another one answers on the monitor by now.
 *
 * <p>A QEMU that shows a name with the job's nonce is the job's, and one that was met on the same socket is, too, whatever
 * it shows: a socket has one QEMU in its life. Of any other one nothing is known but that it is not to be cleaned up in,
 * so the report lists where to look.
 */
final class Elsewhere {
    private static final String BEGINNING = "in the QEMU that answered on ";

    private final String socket;

    /** By the socket that QEMU answers on now. */
    Elsewhere(String socket) {
        this.socket = socket;
    }

    /** Whether the QEMU that answers on this socket is the one that the job lived in when it was met last. */
    boolean isWhereItWasMet(CopyJob job) {
        return !socket.isEmpty() && socket.equals(job.findings().qemuSocket());
    }

    /** What to note of a QEMU that was met. */
    UnaryOperator<Findings> noted(CopyJob job, boolean isOurs) {
        if (isOurs) {
            return findings -> findings.withQemuSocket(socket).withoutLeftOver(BEGINNING);
        }
        return isNothingThere(job)
                ? UnaryOperator.identity()
                : findings -> findings.withoutLeftOver(BEGINNING).withLeftOver(line(job));
    }

    /** Before a new file is placed, QEMU has heard of nothing. */
    private static boolean isNothingThere(CopyJob job) {
        return job.phase() == JobState.REQUESTED && job.facts().get(Facts.DESTINATION) != Facts.Destination.EXISTING;
    }

    private static String line(CopyJob job) {
        String paused = job.facts().get(Facts.RESUME_DUE) ? ", and its guest is paused by blockcopy" : "";
        return BEGINNING + job.spec().monitor() + " before, if it still runs: " + thingsOf(job) + paused;
    }

    private static String thingsOf(CopyJob job) {
        CopySpec spec = job.spec();
        if (!spec.dialect().isJobApi()) {
            return "the copy of " + spec.disk();
        }
        boolean isBegun = job.phase() != JobState.PLACING && job.facts().get(Facts.COPY) != Facts.Copy.WORTHLESS;
        boolean isFormatting = job.facts().get(Facts.DESTINATION) == Facts.Destination.NEW_QCOW2 && !isBegun;
        return "job " + spec.id() + ", node " + spec.nodeName()
                + (isFormatting ? ", job " + spec.formatJobId() + ", node " + spec.bareNodeName() : "");
    }
}
