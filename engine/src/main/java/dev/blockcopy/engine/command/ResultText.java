package dev.blockcopy.engine.command;

import dev.blockcopy.engine.CopySpec;
import dev.blockcopy.engine.Findings;
import dev.blockcopy.engine.JobReport;
import dev.blockcopy.model.lifecycle.Facts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Help.Ansi;

/** What came of a job, in people's words. */
final class ResultText {
    private final JobReport report;
    private final CommonOptions common;
    private final Ansi ansi;
    private final List<String> lines = new ArrayList<>();

    private ResultText(JobReport report, CommonOptions common, Ansi ansi) {
        this.report = report;
        this.common = common;
        this.ansi = ansi;
    }

    /** Some lines; what goes without saying is left out. */
    static List<String> of(JobReport report, CommonOptions common, Ansi ansi) {
        return new ResultText(report, common, ansi).lines();
    }

    private List<String> lines() {
        Findings findings = report.job().findings();
        lines.add(headline());
        add("disk now", Whereabouts.of(report).image(report));
        add("copy", copy());
        add("guest paused", time(findings.pauseNanos()));
        add("pivot took", time(findings.pivotNanos()));
        add("guest", guest());
        add("error", findings.error());
        findings.leftOver().forEach(left -> add("left over", left));
        add("next", next());
        return List.copyOf(lines);
    }

    private String headline() {
        String phase = report.phase().name();
        return report.id() + ": " + ansi.string("@|bold " + phase + "|@, ")
                + report.phase().meaning();
    }

    private void add(String name, String text) {
        if (!text.isEmpty()) {
            lines.add(String.format(Locale.ROOT, "  %-13s %s", name, text));
        }
    }

    private static String time(long nanos) {
        return nanos == 0 ? "" : String.format(Locale.ROOT, "%.1f ms", Quantities.millis(nanos));
    }

    /** What the store says of a guest whose job is not in our hands. */
    private String guest() {
        boolean isPaused = report.job().facts().get(Facts.RESUME_DUE) && !report.hasEnded() && !report.isDrivenHere();
        return isPaused ? "paused by blockcopy, as far as was written down; what is next lets it go" : "";
    }

    private String copy() {
        String file = report.job().spec().destination().path().toString();
        return switch (report.copy()) {
            case NONE -> "";
            case DISK -> "it is the guest's disk";
            case POINT_IN_TIME -> "point-in-time copy: " + file;
            case WORTHLESS -> "worthless: the job ended before it was ready";
            case UNKNOWN -> "unknown: don't rely on " + file;
        };
    }

    private String next() {
        CopySpec spec = report.job().spec();
        String id = report.id();
        return switch (report.phase()) {
            case STREAMING -> common.command("watch " + id) + " | " + common.command("abort " + id);
            case MIRRORING -> common.command("pivot " + id) + " | " + common.command("abort " + id);
            case IN_DOUBT ->
                common.command("recover " + id) + " | "
                        + common.command("authority --qmp " + spec.monitor() + " --disk " + spec.disk())
                        + "; delete neither image; if you know more: "
                        + common.command("resolve " + id + " --keep source|destination --because TEXT");
            case HOSED ->
                "the guest is kept paused: open the source by hand, or stop the guest and start it on the source";
            default -> report.hasEnded() ? "" : common.command("recover " + id);
        };
    }
}
