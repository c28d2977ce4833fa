package dev.blockcopy.simulator.world;

import dev.blockcopy.model.lifecycle.JobState;
import dev.blockcopy.simulator.check.Bounds;
import dev.blockcopy.simulator.check.Finding;
import dev.blockcopy.simulator.check.Progress;
import dev.blockcopy.simulator.check.Trace;
import dev.blockcopy.simulator.check.Verdict;
import dev.blockcopy.simulator.check.Watch;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The standard matrix: pinned variants under pinned faults, and a verdict on each guarantee. */
public final class Matrix {
    /**
     * One row of the matrix.
     *
     * @param name what the variant is called
     * @param because why it is here
     * @param variant its choices
     * @param faults what it has to bear
     */
    public record Row(String name, String because, String variant, String faults) {
        /** The question of this row. */
        public Inquiry inquiry() {
            List<String> choices = variant.isEmpty() ? List.of() : List.of(variant.split(","));
            return new Inquiry(Variant.of(choices), Inquiry.faults(List.of(faults.split(","))), REQUESTS);
        }
    }

    /**
     * A row that was asked.
     *
     * @param answers of safety, and of L1
     */
    public record Asked(Row row, List<Answer> answers) {
        /** One for each guarantee, L1 last. */
        public List<Finding> verdicts() {
            return answers.stream()
                    .flatMap(answer -> answer.result().findings().stream())
                    .toList();
        }

        /** Whether some run comes to IN_DOUBT. */
        boolean isDoubtful() {
            return !answers.get(0).statesNeverReached().contains(JobState.IN_DOUBT);
        }

        /** How much was explored. */
        Progress size() {
            return answers.get(0).result().size();
        }
    }

    private static final int REQUESTS = 1;
    private static final String CRASHES = "mgr=1,qemu=1";
    private static final String OLD = "switch=reopen,guest=running,evidence=reply,journal=none";
    private static final String LIBVIRT_9 = "guest=running,evidence=reply+concluded,journal=after-reply";
    private static final String UNSEALED = "guest=running";
    private static final String PENDING_FIRST = "guest=pending-first";

    // spotless:off
    /** The rows, in the order of history. */
    public static final List<Row> ROWS = List.of(
        new Row("the patch of 2012",         "where it all began: nothing is written down, and a lost reply is a lost disk", OLD, "mgr=1"),
        new Row("the patch of 2012",         "QEMU dies under it: without evidence nothing can be said",                    OLD, "qemu=1"),
        new Row("the patch of 2012",         "the disk can be lost for good, and nobody looks",                             OLD, "open-dst=1,open-src=1"),
        new Row("2012, safer by a pause",    "the pause makes both images equal until somebody has looked",                 "switch=reopen,guest=paused,evidence=reply+graph", CRASHES),
        new Row("2012, safer by a pause",    "its weakness: somebody else resumes the guest",                               "switch=reopen,guest=paused,evidence=reply+graph", CRASHES + ",resume=1"),
        new Row("2012, by intention",        "written down first and looked at after, but neither pause nor witness",       "switch=reopen,guest=running,evidence=reply+graph", CRASHES),
        new Row("2012, with a witness",      "one byte, written before the guest may write, decides after QEMU is dead",    "switch=reopen,guest=running,evidence=reply+graph+witness", CRASHES),
        new Row("2012, with both",           "witness and pause",                                                           "switch=reopen,guest=paused,evidence=reply+graph+witness", CRASHES),
        new Row("2012, hosed",               "what neither pause nor witness mends: both images can't be opened",           "switch=reopen,guest=paused,evidence=reply+graph", "open-dst=1,open-src=1,mgr=1"),
        new Row("reopen in a transaction",   "the new image is proven first: it can't be hosed",                            "switch=transaction-reopen,guest=running,evidence=reply+graph+witness", CRASHES + ",open-dst=1,open-src=1"),
        new Row("QEMU 1.3",                  "block-job-complete, and the job vanishes: absence tells that it ended, not how", "guest=running,evidence=reply,journal=before", "mgr=1"),
        new Row("QEMU 1.3, graph looked at", "the same, asking where the disk leads to",                                    "guest=running,evidence=reply+graph,journal=before", CRASHES),
        new Row("libvirt 9",                 "the journal is written after the reply: the window between names the stale image", LIBVIRT_9, "mgr=1"),
        new Row("libvirt 9",                 "QEMU dies in the middle of the pivot",                                        LIBVIRT_9, "qemu=1"),
        new Row("libvirt 9, graph looked at", "the same journal, but the graph decides",                                    "guest=running,evidence=reply+graph+concluded,journal=after-reply", CRASHES),
        new Row("job API, no seal",          "a choice (--no-pause): safe, but in doubt where QEMU dies",                   UNSEALED, CRASHES),
        new Row("job API, pending first",   "both images are equal before anything can switch, and what is left is carried over while the guest runs", PENDING_FIRST, CRASHES),
        new Row("job API, pending first",   "and disks and completions fail",                                              PENDING_FIRST, CRASHES + ",io=1,completion=1,switched=1"),
        new Row("job API, pending first",   "it closes no window that the plain seal leaves open",                         PENDING_FIRST, "qemu=1,resume=1"),
        new Row("job API, write-blocking",   "both images hold each write, as long as the job lives",                       UNSEALED + ",copy=write-blocking", CRASHES + ",io=1"),
        new Row("job API, images compared",  "no seal, but equal images are either of them safe",                           UNSEALED + ",evidence=reply+graph+concluded+comparison", CRASHES),
        new Row("what ships",                "the manager is killed at any step",                                           "", "mgr=1"),
        new Row("what ships",                "QEMU is killed at any step",                                                  "", "qemu=1"),
        new Row("what ships",                "both are",                                                                    "", CRASHES),
        new Row("what ships",                "and the monitor is cut, and disks and completions fail",                      "", CRASHES + ",cut=1,io=1,completion=1,switched=1"),
        new Row("what ships",                "and somebody else cancels the job and dismisses it, while nobody listens",       "", "mgr=1,cut=1,cancel=1,dismiss=1"),
        new Row("what ships",                "what no protocol can close: somebody resumes the guest, and QEMU dies unseen", "", "qemu=1,resume=1"),
        new Row("what ships",                "its owner pauses the guest at any step, and it stays paused",                 "", "stop=1"),
        new Row("what ships",                "what QEMU does not tell: who paused the guest while nobody listened",         "", "mgr=1,stop=1"),
        new Row("what ships",                "what no protocol can close: it is resumed and paused by others as we let it go", "", "resume=1,stop=1"));
    // spotless:on

    private Matrix() {}

    /** Asks one row. */
    public static Asked ask(Row row, Bounds bounds, Watch watch) {
        Inquiry inquiry = row.inquiry();
        return new Asked(
                row, List.of(inquiry.ask(Guarantees.SAFETY, bounds, watch), inquiry.askForTheEnd(bounds, watch)));
    }

    /** One line for a terminal. */
    public static String line(Asked asked) {
        StringBuilder line = new StringBuilder(String.format(
                Locale.ROOT, "%-27s %-38s", asked.row().name(), asked.row().faults()));
        asked.verdicts().forEach(finding -> line.append(String.format(" %-4s", mark(finding))));
        return line
                + String.format(
                        Locale.ROOT, " %-5s %,11d", doubt(asked), asked.size().states());
    }

    /** The line above the lines. */
    public static String head() {
        StringBuilder head = new StringBuilder(String.format("%-27s %-38s", "variant", "faults"));
        Guarantees.names().forEach(column -> head.append(String.format(" %-4s", column)));
        return head + String.format(" %-5s %11s", "doubt", "states");
    }

    static String mark(Finding finding) {
        return switch (finding.verdict()) {
            case HOLDS -> "ok";
            case VIOLATED ->
                String.valueOf(
                        finding.traces().stream().mapToInt(Trace::length).min().orElseThrow());
            case VACUOUS -> "-";
            case UNKNOWN -> "?";
        };
    }

    /** The page of verdicts. */
    public static String page(List<Asked> all) {
        StringBuilder page = new StringBuilder(INTRODUCTION);
        page.append("| variant | faults | ")
                .append(String.join(" | ", Guarantees.names()))
                .append(" | in doubt | states |\n");
        page.append("| --- | --- |")
                .append(" :-: |".repeat(Guarantees.names().size()))
                .append(" :-: | --: |\n");
        all.forEach(asked -> page.append(cells(asked)).append('\n'));
        page.append("\n## Why these rows\n\n");
        for (Row row : ROWS) {
            page.append("- **")
                    .append(row.name())
                    .append("**, `")
                    .append(row.faults())
                    .append("`: ")
                    .append(row.because())
                    .append(". `blockcopy-sim check")
                    .append(row.variant().isEmpty() ? "" : " --variant " + row.variant())
                    .append(" --faults ")
                    .append(row.faults())
                    .append(" --requests ")
                    .append(REQUESTS)
                    .append("`\n");
        }
        page.append("\n## The faults\n\n");
        Arrays.stream(Fault.values())
                .forEach(fault -> page.append("- `")
                        .append(fault.key())
                        .append("`: ")
                        .append(fault.meaning())
                        .append("\n"));
        page.append("\n## The guarantees\n\n");
        Guarantees.SAFETY.forEach(property -> page.append("- **")
                .append(property.name())
                .append("** ")
                .append(property.meaning())
                .append("\n"));
        page.append("- **L1** once asked to end, and with no further faults, a job ends, or is in doubt\n");
        return page.toString();
    }

    /** The line of a row on the page. */
    static String cells(Asked asked) {
        StringBuilder line = new StringBuilder(
                "| " + asked.row().name() + " | `" + asked.row().faults() + "` |");
        asked.verdicts()
                .forEach(finding -> line.append(' ').append(emphasised(finding)).append(" |"));
        return line
                + String.format(
                        Locale.ROOT, " %s | %,d |", doubt(asked), asked.size().states());
    }

    private static String doubt(Asked asked) {
        return asked.isDoubtful() ? "yes" : "no";
    }

    private static String emphasised(Finding finding) {
        return finding.verdict() == Verdict.VIOLATED ? "**" + mark(finding) + "**" : mark(finding);
    }

    private static final String INTRODUCTION = """
            # Verdicts

            At the end of this page you know which ways of pivoting a disk keep which guarantees, and what breaks the others.

            Generated by `blockcopy-sim check --matrix`, from the table that ships and variants of it
            ([how it is checked](checking.md)). A fault may come as often as its number says, at every step. *ok*: no run
            breaks it; **a number**: it is violated, and the shortest run that breaks it has so many steps; *-*: what it
            speaks of never happens. *In doubt*: some run comes to where
            nobody can say which image is the disk. Host power loss is in no row; [what is done about it](checking.md#host-power-loss) is an order of flushes.

            """;
}
