package dev.blockcopy.engine.command;

import dev.blockcopy.engine.Authority;
import dev.blockcopy.engine.CopySpec;
import dev.blockcopy.engine.Findings;
import dev.blockcopy.engine.JobReport;
import dev.blockcopy.engine.JournalLine;
import dev.blockcopy.engine.Probe;
import dev.blockcopy.engine.Progress;
import dev.blockcopy.engine.command.Shape.Member;
import dev.blockcopy.model.lifecycle.Facts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** The JSON documents of all commands: their shapes, declared once. */
final class Documents {
    static final String SCHEMA = "blockcopy/1";

    static final Shape<CopySpec.Source> SOURCE = new Shape<>(
            "source",
            List.of(
                    member("file", "string", "the image as QEMU names it", CopySpec.Source::file),
                    member("format", "string", "its format", CopySpec.Source::format),
                    member("nodeName", "string", "its node in QEMU", CopySpec.Source::nodeName),
                    member("virtualSizeBytes", "number", "what the guest sees", CopySpec.Source::virtualSizeBytes)));

    static final Shape<CopySpec> DESTINATION = new Shape<>(
            "destination",
            List.of(
                    member("file", "string", "the image copied to, absolute", Documents::destinationFile),
                    member(
                            "format",
                            "string",
                            "raw or qcow2",
                            spec -> word(spec.destination().format())),
                    member("nodeName", "string", "its node in QEMU", CopySpec::nodeName)));

    static final Shape<Progress> PROGRESS = new Shape<>(
            "progress",
            List.of(
                    member("offsetBytes", "number", "what is done, as QEMU last told", Progress::offsetBytes),
                    member(
                            "lengthBytes",
                            "number",
                            "what there is to do; grows with the guest's writes",
                            Progress::lengthBytes),
                    member("bytesPerSecond", "number", "the rate of late; 0 if not known", Progress::bytesPerSecond)));

    static final Shape<JobReport> JOB = new Shape<>(
            "job",
            List.of(
                    member("id", "string", "the job's id, here and in QEMU", JobReport::id),
                    member(
                            "phase",
                            "string",
                            "where it stands, as remembered; see docs/lifecycle.md",
                            report -> report.phase().name()),
                    member("ended", "boolean", "whether it is at an end for good", JobReport::hasEnded),
                    member(
                            "wish",
                            "string",
                            "what it does once ready: stay, pivot or finish",
                            report -> word(report.job().facts().get(Facts.WISH))),
                    member(
                            "disk",
                            "string",
                            "the disk as the caller named it",
                            report -> spec(report).disk()),
                    member(
                            "monitor",
                            "string",
                            "QEMU's monitor",
                            report -> spec(report).monitor().toString()),
                    member(
                            "source",
                            "source",
                            "the image of the guest when the job began",
                            report -> SOURCE.of(spec(report).source())),
                    member("destination", "destination", "the image copied to", report -> DESTINATION.of(spec(report))),
                    member("progress", "progress", "how far it is", report -> PROGRESS.of(report.progress())),
                    member(
                            "owner",
                            "string or null",
                            "the process that drives it, if another one does",
                            report -> orNull(report.isDrivenHere() ? "" : report.owner())),
                    member(
                            "diskNow",
                            "string",
                            "the guest's disk: source, destination, none or unknown",
                            report -> Whereabouts.of(report).word()),
                    member(
                            "copy",
                            "string or null",
                            "what the destination is worth at the end: disk, point-in-time, worthless or unknown",
                            Documents::copy),
                    member(
                            "error",
                            "string or null",
                            "why it failed, in QEMU's words where it has some",
                            report -> orNull(findings(report).error())),
                    member(
                            "pauseMillis",
                            "number or null",
                            "how long the guest was paused",
                            report -> millis(findings(report).pauseNanos())),
                    member(
                            "pivotMillis",
                            "number or null",
                            "from the beginning of the pivot to the guest on the destination",
                            report -> millis(findings(report).pivotNanos())),
                    member(
                            "leftOver",
                            "array of string",
                            "what could not be taken away",
                            report -> findings(report).leftOver())));

    static final Shape<JournalLine> STEP = new Shape<>(
            "step",
            List.of(
                    member(
                            "at",
                            "string",
                            "when it was written down, ISO 8601, UTC",
                            line -> line.at().toString()),
                    member("from", "string", "the state before", JournalLine::from),
                    member("trigger", "string", "what moved it", JournalLine::trigger),
                    member("to", "string", "the state after", JournalLine::to),
                    member("effect", "string or null", "what was done then", line -> orNull(line.effect())),
                    member("because", "string", "why", JournalLine::because)));

    static final Shape<Probe> PROBE = new Shape<>(
            "probe",
            List.of(
                    member("version", "string", "QEMU's own words", Probe::version),
                    member(
                            "dialect",
                            "string or null",
                            "the dialect that is spoken with it",
                            probe -> orNull(probe.dialect())),
                    member("missing", "array of string", "commands that copies need and it lacks", Probe::missing),
                    member("disks", "array of string", "the disks that can be copied", Probe::disks),
                    member("guarantees", "array of string", "what holds for copies with it", Probe::guarantees)));

    static final Shape<Authority> AUTHORITY = new Shape<>(
            "authority",
            List.of(
                    member("verdict", "string", "source, destination or unknown", found -> word(found.verdict())),
                    member("image", "string or null", "that image", found -> orNull(found.image())),
                    member("evidence", "array of string", "what that rests on", Authority::evidence),
                    member("advice", "array of string", "what is safe to do next", Authority::advice)));

    /** All shapes, for the documentation; the last ones are parts of the first. */
    static final List<Shape<?>> SHAPES = List.of(JOB, SOURCE, DESTINATION, PROGRESS, STEP, PROBE, AUTHORITY);

    private Documents() {}

    /** A document: the members that all have, then its own. */
    static String document(String command, ExitCode code, Map<String, Object> own) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("schema", SCHEMA);
        document.put("command", command);
        document.put("exitCode", code.number());
        document.putAll(own);
        return JsonText.of(document);
    }

    private static <T> Member<T> member(String name, String type, String meaning, Function<T, Object> value) {
        return new Member<>(name, type, meaning, value);
    }

    private static CopySpec spec(JobReport report) {
        return report.job().spec();
    }

    private static Findings findings(JobReport report) {
        return report.job().findings();
    }

    private static Object destinationFile(CopySpec spec) {
        return spec.destination().path().toString();
    }

    private static Object copy(JobReport report) {
        return report.copy() == Facts.Copy.NONE ? null : word(report.copy()).replace('_', '-');
    }

    private static Object millis(long nanos) {
        return nanos == 0 ? null : Quantities.millis(nanos);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static Object orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
