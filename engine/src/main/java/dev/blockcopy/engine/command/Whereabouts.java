package dev.blockcopy.engine.command;

import dev.blockcopy.engine.JobReport;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.Facts.Outcome;

/** Which image is the guest's disk, as far as a job's journal tells. */
enum Whereabouts {
    SOURCE,
    DESTINATION,
    NONE,
    UNKNOWN;

    static Whereabouts of(JobReport report) {
        return switch (report.phase()) {
            case PIVOTED -> DESTINATION;
            case CANCELLED, FAILED -> SOURCE;
            case HOSED -> NONE;
            case IN_DOUBT -> UNKNOWN;
            case CONCLUDED -> report.job().facts().get(Facts.OUTCOME) == Outcome.PIVOTED ? DESTINATION : SOURCE;
            default -> report.job().facts().get(Facts.SWITCH_TOLD) ? UNKNOWN : SOURCE;
        };
    }

    String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** The image, for people. */
    String image(JobReport report) {
        String source = report.job().spec().source().file();
        String destination = report.job().spec().destination().path().toString();
        return switch (this) {
            case SOURCE -> source + " (the source)";
            case DESTINATION -> destination + " (the destination)";
            case NONE -> "none is open; " + source + " (the source) holds everything, keep " + destination + " too";
            case UNKNOWN -> "not known yet; keep both " + source + " and " + destination;
        };
    }
}
