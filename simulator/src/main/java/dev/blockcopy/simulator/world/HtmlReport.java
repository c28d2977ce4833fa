package dev.blockcopy.simulator.world;

import dev.blockcopy.simulator.check.Finding;
import dev.blockcopy.simulator.check.Trace;
import dev.blockcopy.simulator.check.Verdict;
import java.util.List;
import java.util.Locale;

/** Answers as pages of HTML that need nothing else. */
public final class HtmlReport {
    private static final String STYLE = """
            body{font:15px/1.45 system-ui,sans-serif;margin:2em auto;max-width:1180px;padding:0 1em;color:#222}
            h1{font-size:1.4em} h2{font-size:1.15em;margin-top:2em}
            table{border-collapse:collapse} td,th{border:1px solid #ddd;padding:4px 8px;text-align:left;vertical-align:top;font-size:13px}
            th{background:#f4f4f4} td.n{text-align:right} code{font-size:12px}
            .violated{color:#b00;font-weight:bold;background:#fff0f0} .holds{color:#070} .vacuous,.unknown{color:#777}
            .violated a{color:#b00} pre{font-size:11px;overflow-x:auto;background:#fafafa;border:1px solid #eee;padding:8px}
            """;

    private HtmlReport() {}

    /** What was asked, the verdicts, and each run that breaks a guarantee as a chart and a table. */
    public static String of(List<Answer> answers) {
        Answer first = answers.get(0);
        StringBuilder page = new StringBuilder(head(first.inquiry().variant().toString()));
        page.append("<p>").append(asked(first)).append("</p>\n<table>\n<tr><th>guarantee<th>verdict<th>says</tr>\n");
        for (Answer answer : answers) {
            answer.result().findings().forEach(finding -> page.append(verdict(finding)));
        }
        page.append("</table>\n");
        for (Answer answer : answers) {
            answer.violated().forEach(finding -> page.append(story(answer, finding)));
        }
        return page.append("</html>\n").toString();
    }

    private static String head(String title) {
        return "<!DOCTYPE html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>" + escaped(title)
                + "</title>\n<style>\n" + STYLE + "</style>\n<h1>" + escaped(title) + "</h1>\n";
    }

    private static String asked(Answer answer) {
        return "faults <code>" + escaped(answer.inquiry().faultsText()) + "</code>, "
                + answer.inquiry().requests() + " requests of the caller; "
                + escaped(answer.result().size().toString())
                + answer.result()
                        .cutShort()
                        .map(why -> "; cut short: " + escaped(why))
                        .orElse("");
    }

    private static String verdict(Finding finding) {
        String name = finding.property().name();
        boolean isViolated = finding.verdict() == Verdict.VIOLATED;
        String linked = isViolated ? "<a href=\"#" + name + "\">" + word(finding) + "</a>" : word(finding);
        return String.format(
                "<tr><td>%s<td class=\"%s\">%s<td>%s %s</tr>%n",
                name, word(finding), linked, escaped(finding.property().meaning()), escaped(finding.note()));
    }

    private static String word(Finding finding) {
        return finding.verdict().name().toLowerCase(Locale.ROOT);
    }

    private static String story(Answer answer, Finding finding) {
        Trace trace = finding.traces().get(0);
        String name = finding.property().name();
        List<Storyline.Step> steps = Storyline.of(answer.question(), trace);
        return "<h2 id=\"" + name + "\">" + name + ": broken after " + trace.length() + " steps</h2>\n<p>"
                + escaped(finding.property().meaning()) + "</p>\n" + Chart.svg(steps)
                + "<details><summary>As a table</summary><pre>"
                + escaped(StoryText.table(steps)) + "</pre></details>\n<p>taken again by <code>blockcopy-sim replay "
                + name
                + ".json</code>; its token is <code>" + trace.token() + "</code></p>\n";
    }

    /** The matrix: each row leads to its own page, in the folder that it is given. */
    static String of(List<Matrix.Asked> rows, List<String> folders) {
        StringBuilder page = new StringBuilder(head("Ways to pivot a disk, and what each keeps"));
        page.append(
                "<p>A number is the length of the shortest run that breaks the guarantee; it leads to that run."
                        + " A fault may come as often as its number says, at every step.</p>\n<table>\n<tr><th>variant<th>faults");
        Guarantees.names()
                .forEach(name -> page.append("<th title=\"")
                        .append(escaped(Guarantees.meaningOf(name)))
                        .append("\">")
                        .append(name));
        page.append("<th>in doubt<th>states</tr>\n");
        for (int i = 0; i < rows.size(); i++) {
            page.append(row(rows.get(i), folders.get(i)));
        }
        page.append("</table>\n<h2>The guarantees</h2>\n<table>\n");
        Guarantees.names()
                .forEach(name -> page.append("<tr><td>")
                        .append(name)
                        .append("<td>")
                        .append(escaped(Guarantees.meaningOf(name)))
                        .append("</tr>\n"));
        return page.append("</table>\n</html>\n").toString();
    }

    private static String row(Matrix.Asked asked, String folder) {
        String report = folder + "/report.html";
        StringBuilder line = new StringBuilder("<tr><td><a href=\"" + report + "\" title=\""
                + escaped(asked.row().because()) + "\">" + escaped(asked.row().name()) + "</a><td><code>"
                + escaped(asked.row().faults()) + "</code>");
        for (Finding finding : asked.verdicts()) {
            String mark = Matrix.mark(finding);
            boolean isViolated = finding.verdict() == Verdict.VIOLATED;
            line.append("<td class=\"").append(word(finding)).append("\">");
            line.append(
                    isViolated
                            ? "<a href=\"" + report + "#" + finding.property().name() + "\">" + mark + "</a>"
                            : mark);
        }
        return line
                + String.format(
                        Locale.ROOT,
                        "<td>%s<td class=\"n\">%,d</tr>%n",
                        asked.isDoubtful() ? "yes" : "no",
                        asked.size().states());
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
