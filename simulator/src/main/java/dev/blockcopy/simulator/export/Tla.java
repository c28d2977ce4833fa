package dev.blockcopy.simulator.export;

import dev.blockcopy.model.Composition;
import dev.blockcopy.model.Composition.Move;
import dev.blockcopy.model.Fifo;
import dev.blockcopy.model.Place;
import dev.blockcopy.model.Rule;
import dev.blockcopy.model.Valuation;
import dev.blockcopy.model.Variable;
import dev.blockcopy.simulator.check.Fair;
import dev.blockcopy.simulator.check.Property;
import dev.blockcopy.simulator.check.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A question as a module of TLA+, for TLC: a definition for each rule, an invariant for each claim about states, and what
 * leads to what under the fairness that it was asked with.
 *
 * <p>A queue is a sequence, an enumeration is a set of strings. The states are exactly those of the world. A rule is an IF,
 * so that TLC takes what is behind it for a condition, and not each way in which it may be true for a step of its own.
 */
public final class Tla {
    private final Question question;
    private final TlaTerms terms = new TlaTerms();
    private final List<String> invariants = new ArrayList<>();
    private final List<String> temporal = new ArrayList<>();
    private final List<String> fairness = new ArrayList<>();

    private Tla(Question question) {
        this.question = question;
    }

    /**
     * What TLC is given.
     *
     * @param module the module, in a file of its name
     * @param configuration what is to be checked of it, in a file of that name with {@code .cfg}
     */
    public record Files(String module, String configuration) {}

    /**
     * Writes both.
     *
     * @throws IllegalArgumentException if the name can't be that of a module
     */
    public static Files of(String name, Question question) {
        if (!name.matches("[A-Za-z][A-Za-z0-9_]*")) {
            throw new IllegalArgumentException("'" + name
                    + "' can't be the name of a module: give a file like Pivot.tla, of letters, digits and _");
        }
        return new Tla(question).write(name);
    }

    private Files write(String name) {
        Composition world = question.world();
        List<Place> places = world.layout().places();
        String beginnings = question.beginnings().stream()
                .map(beginning -> "    \\/ " + beginning(beginning) + "\n")
                .distinct()
                .collect(Collectors.joining());
        String rules = world.everyMove().stream().map(this::rule).collect(Collectors.joining("\n"));
        String next = new TlaNext(terms, this::nameOf).of(world);
        String claims = question.properties().stream().map(this::claim).collect(Collectors.joining("\n"));
        String variables = places.stream().map(terms::nameOf).collect(Collectors.joining(", "));
        String module = "---- MODULE " + name + " ----\n"
                + "\\* A world of blockcopy, for TLC: java -cp tla2tools.jar tlc2.TLC -deadlock " + name + "\n"
                + "\\* It has as many distinct states as blockcopy-sim check says.\n"
                + "EXTENDS Integers, Sequences\n\n"
                + "VARIABLES " + variables + "\n\n"
                + "vars == <<" + variables + ">>\n\n"
                + "\\* What is first in a queue; of an empty one whatever is given.\n"
                + "FirstOf(queue, none) == IF queue = <<>> THEN none ELSE Head(queue)\n\n"
                + terms.definitions("", " == ") + "\n"
                + "Init ==\n" + beginnings + "\n"
                + rules + "\n"
                + "Next ==\n" + next + "\n"
                + "Fairness ==\n    /\\ TRUE\n" + String.join("", fairness) + "\n"
                + "Spec == Init /\\ [][Next]_vars /\\ Fairness\n\n"
                + claims + "====\n";
        return new Files(module, configuration());
    }

    private String configuration() {
        StringBuilder text = new StringBuilder("SPECIFICATION Spec\nCHECK_DEADLOCK FALSE\n");
        invariants.forEach(name -> text.append("INVARIANT ").append(name).append('\n'));
        temporal.forEach(name -> text.append("PROPERTY ").append(name).append('\n'));
        return text.toString();
    }

    private String beginning(Valuation state) {
        List<String> values = new ArrayList<>();
        for (Place place : question.world().layout().places()) {
            values.add(terms.nameOf(place) + " = " + value(place, state));
        }
        return String.join(" /\\ ", values);
    }

    private String value(Place place, Valuation state) {
        int offset = question.world().layout().offsetOf(place);
        boolean isQueue = place instanceof Fifo<?>;
        int first = isQueue ? 1 : 0;
        int length = isQueue ? state.numberAt(offset) : ((Variable<?>) place).length();
        List<String> elements = IntStream.range(first, first + length)
                .mapToObj(i -> terms.constant(place.typeOf(i), state.numberAt(offset + i)))
                .toList();
        return isQueue || length > 1 ? "<<" + String.join(", ", elements) + ">>" : elements.get(0);
    }

    private String nameOf(Move move) {
        return terms.nameOf(move, move.process().name() + " " + move.rule().name());
    }

    private String rule(Move move) {
        Rule rule = move.rule();
        StringBuilder text = new StringBuilder("\\* " + move + "\n" + nameOf(move) + " ==\n");
        text.append("    IF ").append(rule.when().walk(terms)).append("\n    THEN\n");
        Map<Place, String> next = new TlaChanges(terms, rule.changes()).next();
        next.forEach((place, value) -> text.append("    /\\ ")
                .append(terms.nameOf(place))
                .append("' = ")
                .append(value)
                .append('\n'));
        String kept = question.world().layout().places().stream()
                .filter(place -> !next.containsKey(place))
                .map(terms::nameOf)
                .collect(Collectors.joining(", "));
        return text.append("    /\\ UNCHANGED <<")
                .append(kept)
                .append(">>\n    ELSE FALSE\n")
                .toString();
    }

    private String claim(Property property) {
        String name = terms.nameOf(property, property.name());
        String head = "\\* " + property.meaning() + "\n" + name + " == ";
        if (property instanceof Property.Always always) {
            invariants.add(name);
            return head + always.premise().walk(terms) + " => " + always.claim().walk(terms) + "\n";
        }
        if (property instanceof Property.Sometimes sometimes) {
            invariants.add(name);
            return "\\* sought, so that an error is what is wanted\n" + head + "~"
                    + sometimes.goal().walk(terms) + "\n";
        }
        if (property instanceof Property.LeadsTo leadsTo) {
            temporal.add(name);
            leadsTo.fairness().forEach(this::isFair);
            return head + "(" + leadsTo.from().walk(terms) + ") ~> ("
                    + leadsTo.goal().walk(terms) + ")\n";
        }
        return "\\* " + property.name() + " is no claim about states, and not exported\n";
    }

    private void isFair(Fair fair) {
        String group = question.world().everyMove().stream()
                .filter(fair::includes)
                .map(this::nameOf)
                .collect(Collectors.joining(" \\/ "));
        if (!group.isEmpty()) {
            fairness.add("    /\\ WF_vars(" + group + ")\n");
        }
    }
}
