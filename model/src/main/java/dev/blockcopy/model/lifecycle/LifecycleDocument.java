package dev.blockcopy.model.lifecycle;

import dev.blockcopy.model.Change;
import dev.blockcopy.model.Guard;
import dev.blockcopy.model.Lifetime;
import dev.blockcopy.model.Printing;
import dev.blockcopy.model.Slot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A table as a page for people: states, diagrams, every cell, and the words in which they speak. */
public final class LifecycleDocument {
    private final TransitionTable table;
    private final StringBuilder text = new StringBuilder();

    private LifecycleDocument(TransitionTable table) {
        this.table = table;
    }

    /** The whole page, in Markdown with Mermaid diagrams. */
    public static String of(TransitionTable table) {
        LifecycleDocument document = new LifecycleDocument(table);
        document.introduction();
        document.diagrams();
        document.states();
        Arrays.stream(JobState.values()).filter(state -> !state.isTerminal()).forEach(document::cells);
        document.ends();
        document.words();
        return document.text.toString();
    }

    private void introduction() {
        say("# The life of a copy job");
        say("""
                This page is generated from the table that runs (`Lifecycle.TABLE`), and the build fails where they
                differ. At its end you know in which states a copy job can stand, what moves it, what it does to QEMU
                and when, and what it finds again after a crash.

                A job moves only by a *trigger*: a request, a change of the monitor, news from QEMU, or the answer to
                its last effect. For every state and every trigger the table has decided one of four things: a *row*,
                a *refusal* (the caller is told why), an *ignore* (it says nothing new), or an *impossibility* (if it
                comes all the same, our picture is wrong: the session is closed and evidence is collected anew).

                A row names the next state, what is remembered, and at most one effect. Whoever takes the step goes
                through its duties in this order: **make it durable, answer the caller, perform the effect.** So a
                crash may lose an effect or repeat it, but never forgets an intention.

                A *remembered* state is in the journal. A *passing* state waits for one answer and stands on a
                remembered one: there a crash, or a lost monitor, finds the job again. An answer is only what answers
                the last effect: every other answer is dropped at the edge, so it is impossible in all states and not
                listed below.""");
    }

    private void diagrams() {
        say("## Overview");
        say("What the journal says, one after the other, as long as QEMU lives.");
        say(StateDiagram.ofTheJournal(table));
        say("""
                If QEMU is gone, or another one answers, every state of the journal has a row of its own: `FAILED`
                where the source certainly holds everything, the recorded outcome where one is durable, else
                `IN_DOUBT`.""");
        say("## The pivot, step by step");
        say("From the wish to the end, with a session. Dashed frames are in the journal, the others pass.");
        say(StateDiagram.ofThePivot(table));
    }

    private void states() {
        say("## States");
        List<String> lines = new ArrayList<>(header("state", "kind", "meaning", "stands on", "waits for"));
        for (JobState state : JobState.values()) {
            lines.add(line(
                    "`" + state + "`",
                    state.kind().name().toLowerCase(Locale.ROOT),
                    state.meaning(),
                    state.isDurable() ? "itself" : names(table.anchorsOf(state)),
                    names(table.awaitedIn(state))));
        }
        say(String.join("\n", lines));
        say("## Cells");
    }

    private void cells(JobState state) {
        say("### " + state);
        say(capitalised(state.meaning()) + ".");
        List<String> lines = new ArrayList<>(header("on", "when", "to", "effect", "remembers", "because"));
        for (Cell.Row row : table.rows()) {
            if (row.from() == state) {
                lines.add(line(
                        "`" + row.on() + "`",
                        row.when().equals(Guard.ALWAYS) ? "" : Printing.of(row.when()),
                        "`" + row.to() + "`",
                        row.effect().map(effect -> "`" + effect + "`").orElse(""),
                        remembered(row),
                        row.because()));
            }
        }
        say(String.join("\n", lines));
        others(state);
    }

    /** What a row changes, but for the state and the journal where it only follows the state. */
    private static String remembered(Cell.Row row) {
        List<Change> changes = row.changes().stream()
                .filter(change -> !change.equals(Facts.STATE.becomes(row.to())))
                .filter(change -> !change.equals(Facts.JOURNAL.becomes(row.to())))
                .filter(change -> row.on() != Trigger.MONITOR_LOST)
                .toList();
        return Printing.of(changes);
    }

    private void others(JobState state) {
        Map<String, Set<String>> triggers = new LinkedHashMap<>();
        for (Cell cell : table.cells()) {
            if (cell.from() == state && !(cell instanceof Cell.Row) && !isDroppedAtTheEdge(cell)) {
                triggers.computeIfAbsent(kindOf(cell) + "%s: " + cell.because(), key -> new LinkedHashSet<>())
                        .add(placeOf(cell));
            }
        }
        say(triggers.entrySet().stream()
                .map(entry -> "- " + entry.getKey().formatted(String.join(", ", entry.getValue())))
                .sorted()
                .collect(Collectors.joining("\n")));
    }

    private boolean isDroppedAtTheEdge(Cell cell) {
        return cell instanceof Cell.Impossible
                && cell.on().kind() == Trigger.Kind.ANSWER
                && table.awaitedIn(cell.from()).stream()
                        .noneMatch(effect -> effect.answers().contains(cell.on()));
    }

    private static String kindOf(Cell cell) {
        if (cell instanceof Cell.Refuse) {
            return "Refuses ";
        }
        return cell instanceof Cell.Ignore ? "Ignores " : "Impossible ";
    }

    private static String placeOf(Cell cell) {
        String trigger = "`" + cell.on() + "`";
        return cell.when().equals(Guard.ALWAYS) ? trigger : trigger + " (" + Printing.of(cell.when()) + ")";
    }

    private void ends() {
        say("### PIVOTED, CANCELLED, FAILED, HOSED");
        say("Nothing leaves an end, and no effect follows it.");
        others(JobState.PIVOTED);
    }

    private void words() {
        say("## Guards");
        say("*behind it X*: the journal says X. The others:");
        List<String> guards = new ArrayList<>(header("guard", "meaning"));
        guardsInUse().forEach((name, guard) -> guards.add(line(name, Printing.meaningOf(guard))));
        say(String.join("\n", guards));
        say("## Effects");
        List<String> effects = new ArrayList<>(header("effect", "does", "may it come twice?", "answers"));
        for (CopyEffect effect : CopyEffect.values()) {
            String rule = effect.repeat().rule().name().toLowerCase(Locale.ROOT);
            effects.add(line(
                    "`" + effect + "`",
                    effect.meaning(),
                    rule + ": " + effect.repeat().because(),
                    Arrays.stream(Trigger.values())
                            .filter(effect.answers()::contains)
                            .map(answer -> "`" + answer + "`")
                            .collect(Collectors.joining(" "))));
        }
        say(String.join("\n", effects));
        triggers();
        facts();
    }

    private Map<String, Guard> guardsInUse() {
        Map<String, Guard> guards = new LinkedHashMap<>();
        for (Cell cell : table.cells()) {
            namedIn(cell.when()).stream()
                    .filter(guard -> !guard.name().startsWith("behind it "))
                    .forEach(guard -> guards.putIfAbsent(guard.name(), guard));
        }
        return guards;
    }

    private static List<Guard.Named> namedIn(Guard guard) {
        if (guard instanceof Guard.Named named) {
            return List.of(named);
        }
        List<Guard.Named> names = new ArrayList<>();
        if (guard instanceof Guard.All all) {
            all.parts().forEach(part -> names.addAll(namedIn(part)));
        } else if (guard instanceof Guard.Any any) {
            any.parts().forEach(part -> names.addAll(namedIn(part)));
        } else if (guard instanceof Guard.Not not) {
            names.addAll(namedIn(not.part()));
        }
        return names;
    }

    private void triggers() {
        say("## Triggers");
        List<String> lines = new ArrayList<>(header("trigger", "kind", "meaning"));
        for (Trigger trigger : Trigger.values()) {
            lines.add(line("`" + trigger + "`", trigger.kind().name().toLowerCase(Locale.ROOT), trigger.meaning()));
        }
        say(String.join("\n", lines));
    }

    private void facts() {
        say("## Facts");
        say("Durable facts are columns of the journal; volatile ones are lost with the process, or with the monitor.");
        List<String> lines = new ArrayList<>(header("fact", "values", "lifetime"));
        for (Slot<?> slot : Facts.SLOTS) {
            boolean isState = slot == Facts.STATE || slot == Facts.JOURNAL;
            lines.add(line(
                    "`" + slot + "`",
                    isState
                            ? "a state"
                            : slot.type().values().stream().map(String::valueOf).collect(Collectors.joining(", ")),
                    slot.variable().lifetime() == Lifetime.DURABLE ? "durable" : "volatile"));
        }
        say(String.join("\n", lines));
    }

    private static List<String> header(String... names) {
        return List.of(line(names), "|" + " --- |".repeat(names.length));
    }

    private static String line(String... cells) {
        return "| " + String.join(" | ", cells) + " |";
    }

    private static <E extends Enum<E>> String names(Set<E> constants) {
        return constants.stream().sorted().map(constant -> "`" + constant + "`").collect(Collectors.joining(" "));
    }

    private static String capitalised(String sentence) {
        return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
    }

    private void say(String paragraph) {
        if (!paragraph.isEmpty()) {
            text.append(text.isEmpty() ? "" : "\n").append(paragraph).append("\n");
        }
    }
}
