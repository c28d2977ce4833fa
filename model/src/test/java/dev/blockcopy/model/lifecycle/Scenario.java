package dev.blockcopy.model.lifecycle;

import dev.blockcopy.model.Lifetime;
import dev.blockcopy.model.Slot;
import dev.blockcopy.model.Valuation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A story of one job as lines of text: what happens on the left, what the table makes of it on the right.
 *
 * <p>A line is a comment ({@code #}), the beginning of a job with the facts that differ from the usual ({@code job
 * wish=PIVOT}), a {@code crash}, or a trigger. On the right stand the next state, the durable facts that change, and
 * the effect, in the order in which the shell goes through them.
 */
final class Scenario {
    private static final String ARROW = "-> ";

    private final TransitionTable table;
    private Valuation job = Facts.LAYOUT.initial();
    private Optional<CopyEffect> awaited = Optional.empty();

    private Scenario(TransitionTable table) {
        this.table = table;
    }

    /** The lines with their right sides as the table has it. */
    static List<String> played(TransitionTable table, List<String> lines) {
        Scenario scenario = new Scenario(table);
        return lines.stream().map(scenario::line).toList();
    }

    private String line(String line) {
        if (line.isBlank() || line.startsWith("#")) {
            return line;
        }
        String left = line.split(ARROW)[0].strip();
        return "%-16s%s%s"
                .formatted(left, left.length() < 16 ? "" : " ", ARROW + happening(left))
                .stripTrailing();
    }

    private String happening(String left) {
        if (left.equals("job") || left.startsWith("job ")) {
            return beginning(left.substring("job".length()).strip());
        }
        return left.equals("crash") ? crash() : trigger(Trigger.valueOf(left));
    }

    private String beginning(String facts) {
        job = Facts.LAYOUT.initial();
        awaited = Optional.empty();
        Arrays.stream(facts.split(" ")).filter(fact -> !fact.isEmpty()).forEach(this::assume);
        return job.get(Facts.STATE).name();
    }

    private void assume(String fact) {
        String[] nameAndValue = fact.split("=");
        Slot<?> slot = Facts.SLOTS.stream()
                .filter(one -> one.toString().equals(nameAndValue[0]))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no fact is named " + nameAndValue[0]));
        job = with(slot, nameAndValue[1]);
    }

    private <V> Valuation with(Slot<V> slot, String value) {
        return slot.type().values().stream()
                .filter(one -> one.toString().equals(value))
                .findFirst()
                .map(one -> job.with(slot, one))
                .orElseThrow(() -> new IllegalArgumentException(slot + " can't be " + value));
    }

    private String crash() {
        job = TransitionTable.restored(job);
        awaited = Optional.empty();
        return job.get(Facts.STATE).name();
    }

    private String trigger(Trigger trigger) {
        if (trigger.kind() == Trigger.Kind.ANSWER) {
            if (awaited.isEmpty() || !awaited.get().answers().contains(trigger)) {
                return "no answer to what was asked last";
            }
            awaited = Optional.empty();
        }
        Decision decision = table.decide(job, trigger);
        if (decision instanceof Decision.Refused refused) {
            return "refused: " + refused.refusal().text();
        }
        if (decision instanceof Decision.Ignored ignored) {
            return "ignored: " + ignored.because();
        }
        if (decision instanceof Decision.Impossible impossible) {
            return "impossible: " + impossible.because();
        }
        return step((Decision.Step) decision);
    }

    private String step(Decision.Step step) {
        job = step.after();
        if (step.trigger() == Trigger.MONITOR_LOST) {
            awaited = Optional.empty();
        }
        awaited = step.effect().or(() -> awaited);
        List<String> parts = new ArrayList<>();
        if (step.isDurable()) {
            parts.add("write " + durableChanges(step));
        }
        step.effect().ifPresent(effect -> parts.add(effect.name()));
        return "%-12s%s"
                .formatted(job.get(Facts.STATE), parts.isEmpty() ? "" : " " + String.join("; ", parts))
                .stripTrailing();
    }

    private static String durableChanges(Decision.Step step) {
        return Facts.SLOTS.stream()
                .filter(slot -> slot.variable().lifetime() == Lifetime.DURABLE)
                .filter(slot -> !step.before().get(slot).equals(step.after().get(slot)))
                .map(slot -> slot + "=" + step.after().get(slot))
                .collect(Collectors.joining(" "));
    }
}
