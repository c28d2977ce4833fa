package dev.blockcopy.simulator.world;

import dev.blockcopy.simulator.check.Finding;
import dev.blockcopy.simulator.check.Trace;
import java.util.List;

/** An answer as one page of HTML that needs nothing else. */
public final class HtmlReport {
    private static final String STYLE = "body{font-family:sans-serif;margin:2em}table{border-collapse:collapse}"
            + "td,th{border:1px solid #ccc;padding:3px 8px;text-align:left;vertical-align:top;font-size:13px}"
            + ".violated{color:#c00;font-weight:bold}.holds{color:#080}";

    private HtmlReport() {}

    /** The verdicts, and each run that breaks one as a chart and a table. */
    public static String of(Answer answer) {
        Inquiry inquiry = answer.inquiry();
        StringBuilder page = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\"><meta charset=\"utf-8\">")
                .append("<title>blockcopy-sim check</title><style>")
                .append(STYLE)
                .append("</style>\n")
                .append("<h1>")
                .append(escaped(inquiry.variant().toString()))
                .append("</h1>\n<p>faults ")
                .append(escaped(inquiry.faultsText()))
                .append(", ")
                .append(inquiry.requests())
                .append(" requests; ")
                .append(escaped(answer.result().size().toString()))
                .append(answer.result()
                        .cutShort()
                        .map(why -> "; cut short: " + escaped(why))
                        .orElse(""))
                .append("</p>\n<table>\n");
        answer.result().findings().forEach(finding -> page.append(verdict(finding)));
        page.append("</table>\n");
        answer.violated().forEach(finding -> page.append(story(answer, finding)));
        return page.append("</html>\n").toString();
    }

    private static String verdict(Finding finding) {
        String word = finding.verdict().name().toLowerCase(java.util.Locale.ROOT);
        return String.format(
                "<tr><td>%s<td class=\"%s\">%s<td>%s %s%n",
                finding.property().name(),
                word,
                word,
                escaped(finding.property().meaning()),
                escaped(finding.note()));
    }

    private static String story(Answer answer, Finding finding) {
        Trace trace = finding.traces().get(0);
        List<Storyline.Step> steps = Storyline.of(answer.question(), trace);
        return "<h2>" + finding.property().name() + " in " + trace.length() + " steps</h2>\n" + Chart.svg(steps)
                + "<pre>" + escaped(StoryText.table(steps)) + "</pre>\n<p>replay token <code>" + trace.token()
                + "</code></p>\n";
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
