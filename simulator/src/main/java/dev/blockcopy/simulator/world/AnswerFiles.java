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

    /** A report as JUnit writes it: what is violated has failed, what is unknown was skipped. */
    public static String junitXml(List<Answer> answers) {
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"")
                .append(answers.get(0).inquiry().variant())
                .append("\">\n");
        answers.forEach(answer -> answer.result().findings().forEach(finding -> {
            xml.append("  <testcase name=\"").append(finding.property().name()).append("\">");
            if (finding.verdict() == Verdict.VIOLATED) {
                xml.append("<failure message=\"")
                        .append(HtmlReport.escaped(finding.property().meaning()))
                        .append("\">")
                        .append(finding.traces().get(0).token())
                        .append("</failure>");
            } else if (finding.verdict() == Verdict.UNKNOWN) {
                xml.append("<skipped/>");
            }
            xml.append("</testcase>\n");
        }));
        return xml.append("</testsuite>\n").toString();
    }

    /** Writes a report, and of each run that breaks a guarantee a trace and a chart. */
    public static void write(Path directory, List<Answer> answers) throws IOException {
        Files.createDirectories(directory);
        for (Answer answer : answers) {
            String name = answer == answers.get(0) ? "report.html" : "report-of-the-end.html";
            Files.writeString(directory.resolve(name), HtmlReport.of(answer));
            for (Finding finding : answer.violated()) {
                write(directory, answer, finding);
            }
        }
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
        List<Storyline.Step> steps = Storyline.of(question, file.trace(question));
        return new Replayed(
                StoryText.table(steps), !steps.get(steps.size() - 1).broken().isEmpty());
    }
}
