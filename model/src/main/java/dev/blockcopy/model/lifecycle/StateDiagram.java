package dev.blockcopy.model.lifecycle;

import dev.blockcopy.model.Valuation;
import dev.blockcopy.model.lifecycle.Facts.Switch;
import dev.blockcopy.model.lifecycle.Facts.Wish;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Excerpts of a table as Mermaid state diagrams. */
final class StateDiagram {
    private static final Set<JobState> PIVOT = EnumSet.of(
            JobState.MIRRORING,
            JobState.APPROACHING,
            JobState.GAUGING,
            JobState.PAUSING,
            JobState.SWITCHING,
            JobState.RETREATING,
            JobState.FORCING,
            JobState.JUDGING,
            JobState.PROVING,
            JobState.RESUMING,
            JobState.DISMISSING);
    private static final Set<JobState> BEHIND_A_PIVOT = EnumSet.of(
            JobState.MIRRORING, JobState.PIVOTING, JobState.FORCING, JobState.RETREATING, JobState.CONCLUDED);
    private static final String ANY_JOB = "JOB";

    private record Arrow(String from, JobState to) {}

    private final TransitionTable table;
    private final Map<Arrow, Set<Trigger>> arrows = new LinkedHashMap<>();

    private StateDiagram(TransitionTable table) {
        this.table = table;
    }

    /** How the journal goes from one remembered state to the next, whatever passes in between. */
    static String ofTheJournal(TransitionTable table) {
        StateDiagram diagram = new StateDiagram(table);
        for (Cell.Row row : table.rows()) {
            if (row.on() != Trigger.QEMU_GONE && row.on() != Trigger.ANOTHER_QEMU) {
                diagram.journalOf(row);
            }
        }
        Set<JobState> jobs = EnumSet.copyOf(table.anchorsOf(JobState.PROVING));
        jobs.remove(JobState.IN_DOUBT);
        diagram.gather(jobs);
        String frame = String.join(
                "\n    ",
                "state \"QEMU has, or had, the job\" as " + ANY_JOB + " {",
                "    " + jobs.stream().map(Enum::name).collect(Collectors.joining("\n        ")),
                "}");
        return diagram.text(frame, "");
    }

    private void journalOf(Cell.Row row) {
        for (Valuation before : TableCheck.situationsAround(table, row)) {
            JobState from = before.get(Facts.JOURNAL);
            JobState to = before.after(row.changes()).get(Facts.JOURNAL);
            if (from != to) {
                arrow(from.name(), to, row.on());
            }
        }
    }

    /** What leads out of each of many states alike is one arrow out of all of them. */
    private void gather(Set<JobState> states) {
        for (JobState to : EnumSet.complementOf(EnumSet.copyOf(states))) {
            List<Arrow> alike = states.stream()
                    .map(from -> new Arrow(from.name(), to))
                    .filter(arrows::containsKey)
                    .toList();
            if (alike.size() == states.size()) {
                alike.forEach(arrow -> arrows.remove(arrow).forEach(trigger -> arrow(ANY_JOB, to, trigger)));
            }
        }
    }

    /** Every step of a sealed pivot by {@code job-complete}, but for what only repeats a question. */
    static String ofThePivot(TransitionTable table) {
        StateDiagram diagram = new StateDiagram(table);
        table.rows().stream()
                .filter(diagram::isPartOfAPivot)
                .forEach(row -> diagram.arrow(row.from().name(), row.to(), row.on()));
        String remembered = diagram.arrows.keySet().stream()
                .map(Arrow::to)
                .filter(JobState::isDurable)
                .map(Enum::name)
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .collect(Collectors.joining(", "));
        return diagram.text("classDef remembered stroke-dasharray: 5 5", "class " + remembered + " remembered");
    }

    private boolean isPartOfAPivot(Cell.Row row) {
        return PIVOT.contains(row.from())
                && row.from() != row.to()
                && row.on().kind() != Trigger.Kind.MONITOR
                && (row.on().kind() != Trigger.Kind.REQUEST || row.on() == Trigger.PIVOT)
                && TableCheck.situationsAround(table, row).stream().anyMatch(StateDiagram::isInASealedPivot);
    }

    private static boolean isInASealedPivot(Valuation job) {
        return BEHIND_A_PIVOT.contains(job.get(Facts.JOURNAL))
                && job.get(Facts.SWITCH) == Switch.COMPLETE
                && job.get(Facts.PAUSE)
                && job.get(Facts.WISH) == Wish.STAY;
    }

    private void arrow(String from, JobState to, Trigger trigger) {
        arrows.computeIfAbsent(new Arrow(from, to), arrow -> new LinkedHashSet<>())
                .add(trigger);
    }

    private String text(String before, String after) {
        String drawn = arrows.entrySet().stream()
                .map(arrow -> arrow.getKey().from() + " --> " + arrow.getKey().to() + ": " + named(arrow.getValue()))
                .collect(Collectors.joining("\n    "));
        return "```mermaid\nstateDiagram-v2\n    " + before + "\n    " + drawn + "\n"
                + (after.isEmpty() ? "" : "    " + after + "\n") + "```";
    }

    private static String named(Set<Trigger> triggers) {
        return triggers.stream().map(Enum::name).collect(Collectors.joining(", "));
    }
}
