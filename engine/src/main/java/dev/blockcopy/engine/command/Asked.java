package dev.blockcopy.engine.command;

import dev.blockcopy.engine.JobReport;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.Facts.Copy;
import dev.blockcopy.model.lifecycle.Facts.Wish;
import dev.blockcopy.model.lifecycle.JobState;

/** What a command was asked to bring a job to, when that is reached, and whether what was reached is it. */
enum Asked {
    /** To begin copying. */
    BEGIN,
    /** To keep two images in step. */
    MIRROR,
    /** To move the guest to the destination. */
    PIVOT,
    /** To leave the guest on the source, with a copy of one moment. */
    FINISH,
    /** To leave the guest on the source, whatever the copy is worth. */
    ABORT,
    /** Whatever each job was made for. */
    AS_WISHED,
    /** To have it in hand again: settled, or copying under an owner. */
    IN_HAND;

    /** Whether there is nothing more to wait for. */
    boolean isReached(JobReport report) {
        return report.isSettled()
                || switch (this) {
                    case BEGIN -> isCopying(report);
                    case MIRROR -> report.phase() == JobState.MIRRORING;
                    case PIVOT, FINISH -> cameToNothing(report);
                    case ABORT -> isCopying(report);
                    case AS_WISHED -> false;
                    case IN_HAND -> isInHand(report);
                };
    }

    ExitCode judge(JobReport report) {
        return switch (report.phase()) {
            case HOSED -> ExitCode.HOSED;
            case IN_DOUBT -> ExitCode.IN_DOUBT;
            default -> isMet(report) ? ExitCode.DONE : ExitCode.OTHERWISE;
        };
    }

    private boolean isMet(JobReport report) {
        JobState phase = report.phase();
        return switch (this) {
            case BEGIN, IN_HAND -> !report.hasEnded() || isAsWished(report);
            case MIRROR -> phase == JobState.MIRRORING || phase == JobState.PIVOTED;
            case PIVOT -> phase == JobState.PIVOTED;
            case FINISH -> phase == JobState.CANCELLED && report.copy() == Copy.POINT_IN_TIME;
            case ABORT -> phase == JobState.CANCELLED;
            case AS_WISHED -> isAsWished(report);
        };
    }

    private static boolean isAsWished(JobReport report) {
        return switch (wishOf(report)) {
            case PIVOT -> PIVOT.isMet(report);
            case FINISH -> FINISH.isMet(report);
            case STAY -> report.phase() == JobState.PIVOTED || report.phase() == JobState.CANCELLED;
        };
    }

    private static boolean isCopying(JobReport report) {
        return report.phase() == JobState.STREAMING || report.phase() == JobState.MIRRORING;
    }

    /** QEMU refused, so the wish was dropped and the job goes on as before. */
    private static boolean cameToNothing(JobReport report) {
        return isCopying(report) && wishOf(report) == Wish.STAY;
    }

    private static boolean isInHand(JobReport report) {
        return isCopying(report)
                && (report.isDrivenHere()
                        ? Follower.isAtRest(report)
                        : !report.owner().isEmpty());
    }

    private static Wish wishOf(JobReport report) {
        return report.job().facts().get(Facts.WISH);
    }
}
