package dev.blockcopy.simulator.world;

import dev.blockcopy.model.qmp.QmpCodec;
import dev.blockcopy.simulator.check.Finding;
import dev.blockcopy.simulator.check.Question;
import dev.blockcopy.simulator.check.Trace;
import dev.blockcopy.simulator.check.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Answers for machines and for keeping: JSON, JUnit's XML, HTML, traces and charts. */
public final class AnswerFiles {
    private AnswerFiles() {}

    /** One document for all answers. */
    public static String json(List<Answer> answers) {
        Inquiry inquiry = answers.get(0).inquiry();
        List<Object> verdicts = new ArrayList<>();
        answers.forEach(answer -> answer.result().findings().forEach(finding -> verdicts.add(members(finding))));
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("format", "blockcopy-verdicts-1");
        document.put("variant", inquiry.variant().toString());
        document.put("faults", inquiry.faultsText());
        document.put("requests", inquiry.requests());
        document.put("disks", inquiry.disks());
        document.put("states", answers.get(0).result().size().states());
        document.put("steps", answers.get(0).result().size().transitions());
        document.put("verdicts", verdicts);
        return QmpCodec.json(document) + "\n";
    }

    private static Map<String, Object> members(Finding finding) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("property", finding.property().name());
        members.put("verdict", word(finding));
        members.put("meaning", finding.property().meaning());
        members.put("traces", finding.traces().stream().map(Trace::token).toList());
        return members;
    }

    private static String word(Finding finding) {
        return finding.verdict().name().toLowerCase(Locale.ROOT);
    }

    /**
     * A report as Surefire writes it: what is violated has failed, what is unknown was skipped. One exploration answers for
     * several guarantees, which share its time.
     */
    public static String junitXml(List<Answer> answers) {
        Inquiry inquiry = answers.get(0).inquiry();
        String suite = HtmlReport.escaped(inquiry.variant() + ", faults " + inquiry.faultsText());
        List<Finding> findings = answers.stream()
                .flatMap(answer -> answer.result().findings().stream())
                .toList();
        StringBuilder xml = new StringBuilder(String.format(
                Locale.ROOT,
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>%n<testsuite name=\"%s\" tests=\"%d\" failures=\"%d\" errors=\"0\""
                        + " skipped=\"%d\" time=\"%.3f\">%n",
                suite,
                findings.size(),
                count(findings, Verdict.VIOLATED),
                count(findings, Verdict.UNKNOWN),
                answers.stream().mapToDouble(AnswerFiles::seconds).sum()));
        for (Answer answer : answers) {
            double share =
                    seconds(answer) / Math.max(1, answer.result().findings().size());
            for (Finding finding : answer.result().findings()) {
                xml.append(String.format(
                        Locale.ROOT,
                        "  <testcase classname=\"%s\" name=\"%s\" time=\"%.3f\">%s</testcase>%n",
                        suite,
                        finding.property().name(),
                        share,
                        junitVerdict(finding)));
            }
        }
        return xml.append("</testsuite>\n").toString();
    }

    private static double seconds(Answer answer) {
        return answer.result().size().nanos() / 1e9;
    }

    private static long count(List<Finding> findings, Verdict verdict) {
        return findings.stream().filter(finding -> finding.verdict() == verdict).count();
    }

    private static String junitVerdict(Finding finding) {
        if (finding.verdict() == Verdict.UNKNOWN) {
            return "<skipped message=\"" + HtmlReport.escaped(finding.note()) + "\"/>";
        }
        return finding.verdict() == Verdict.VIOLATED
                ? "<failure type=\"violated\" message=\""
                        + HtmlReport.escaped(finding.property().meaning()) + "\">"
                        + finding.traces().get(0).token() + "</failure>"
                : "";
    }

    /** Writes a report, and of each run that breaks a guarantee a trace and a chart. */
    public static void write(Path directory, List<Answer> answers) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("report.html"), HtmlReport.of(answers));
        for (Answer answer : answers) {
            for (Finding finding : answer.violated()) {
                write(directory, answer, finding);
            }
        }
    }

    /** Writes the matrix: its page in Markdown and in HTML, and for each row a folder with its answers. */
    public static void writeMatrix(Path directory, List<Matrix.Asked> rows) throws IOException {
        List<String> folders = new ArrayList<>();
        for (Matrix.Asked asked : rows) {
            String name = asked.row().name().replaceAll("[^A-Za-z0-9.]+", "-");
            folders.add(String.format("%02d-%s", folders.size() + 1, name));
            write(directory.resolve(folders.get(folders.size() - 1)), asked.answers());
        }
        Files.writeString(directory.resolve("index.html"), HtmlReport.of(rows, folders));
        Files.writeString(directory.resolve("verdicts.md"), Matrix.page(rows));
    }

    private static void write(Path directory, Answer answer, Finding finding) throws IOException {
        for (int i = 0; i < finding.traces().size(); i++) {
            Trace trace = finding.traces().get(i);
            String name = finding.property().name() + (i == 0 ? "" : "-" + (i + 1));
            TraceFile file = TraceFile.of(answer, finding.property().name(), trace);
            Files.writeString(directory.resolve(name + ".json"), file.json());
            Files.writeString(directory.resolve(name + ".mmd"), Chart.mermaid(Storyline.of(answer.question(), trace)));
        }
    }

    /**
     * A run that was taken again.
     *
     * @param text its table
     * @param isBroken whether its last state breaks a guarantee
     */
    public record Replayed(String text, boolean isBroken) {}

    /** Takes a run again in the world of today's table. */
    public static Replayed replay(TraceFile file) {
        Question question =
                file.inquiry().world(VariantTable.of(file.inquiry().variant())).question(Guarantees.SAFETY);
        return replay(question, file.trace(question));
    }

    /** Takes a run of this question again. */
    public static Replayed replay(Question question, Trace run) {
        List<Storyline.Step> steps = Storyline.of(question, run);
        return new Replayed(
                StoryText.table(steps), !steps.get(steps.size() - 1).broken().isEmpty());
    }
}
