package dev.blockcopy.simulator.world;

import dev.blockcopy.simulator.check.Finding;
import dev.blockcopy.simulator.check.Progress;
import dev.blockcopy.simulator.check.Trace;
import dev.blockcopy.simulator.check.Verdict;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** An answer for a terminal. */
public final class AnswerText {
    private final Answer answer;
    private final StringBuilder text;

    private AnswerText(Answer answer, StringBuilder text) {
        this.answer = answer;
        this.text = text;
    }

    /** Verdicts first, then the stories of what is violated. */
    public static String of(List<Answer> answers) {
        StringBuilder text = new StringBuilder();
        List<AnswerText> pages =
                answers.stream().map(answer -> new AnswerText(answer, text)).toList();
        pages.get(0).header();
        for (AnswerText page : pages) {
            page.answer.result().findings().forEach(page::verdict);
        }
        pages.get(0).coverage();
        pages.forEach(AnswerText::stories);
        return text.toString();
    }

    private void header() {
        Inquiry inquiry = answer.inquiry();
        Progress size = answer.result().size();
        line("variant  %s%s", inquiry.variant(), inquiry.variant().isShipped() ? "  (what ships)" : "");
        String disks = inquiry.disks() == 1 ? "" : "; " + inquiry.disks() + " disks";
        line("faults   %s; %d requests of the caller%s", inquiry.faultsText(), inquiry.requests(), disks);
        line(
                "runs     %,d states, %,d steps, the farthest %d steps from a beginning; %.1f s, %,.0f states/s",
                size.states(), size.transitions(), size.depth(), size.nanos() / 1e9, size.statesPerSecond());
        line(
                "bounds   %s",
                answer.result().cutShort().map(why -> "cut short: " + why).orElse("none was hit"));
        line("");
    }

    private void verdict(Finding finding) {
        String length = finding.verdict() == Verdict.VIOLATED
                ? " (broken after " + finding.traces().get(0).length() + " steps)"
                : "";
        String note = finding.note().isEmpty() ? "" : " (" + finding.note() + ")";
        line(
                "%-3s %-9s %s%s%s",
                finding.property().name(),
                finding.verdict().name().toLowerCase(Locale.ROOT),
                finding.property().meaning(),
                length,
                note);
    }

    private void coverage() {
        int rows = answer.world().table().rows().size();
        int never = answer.rowsNeverTaken().size();
        line(
                "%-3s %-9s %d of the %d rows that this world has a use for are taken in some run (the table has %d)",
                "L2", "", rows - never, answer.rowsOfThisWorld().size(), rows);
    }

    /** Each run once, though it may break several guarantees. */
    private void stories() {
        Set<Trace> told = new LinkedHashSet<>();
        for (Finding finding : answer.violated()) {
            Trace trace = finding.traces().get(0);
            line("");
            line("%s: %s", finding.property().name(), finding.property().meaning());
            if (told.add(trace)) {
                List<Storyline.Step> steps = Storyline.of(answer.question(), trace);
                text.append(StoryText.table(steps));
            } else {
                line("the same run as above");
            }
            line("replay token %s (the same question with --replay takes this run again)", trace.token());
        }
    }

    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
