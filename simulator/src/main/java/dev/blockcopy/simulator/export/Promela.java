package dev.blockcopy.simulator.export;

import dev.blockcopy.model.Composition;
import dev.blockcopy.model.Fifo;
import dev.blockcopy.model.Place;
import dev.blockcopy.model.Process;
import dev.blockcopy.model.Rule;
import dev.blockcopy.model.Type;
import dev.blockcopy.model.Valuation;
import dev.blockcopy.model.Variable;
import dev.blockcopy.simulator.check.Fair;
import dev.blockcopy.simulator.check.Property;
import dev.blockcopy.simulator.check.Question;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A question as a model for SPIN.
 *
 * <p>Each process is a proctype with one loop, each rule an indivisible step in it, so that SPIN stores exactly the
 * states of the world, and one more: the state before a beginning is chosen. ({@code -o2} keeps SPIN from leaving out of
 * a state what is written and never read.) A queue is an array and its length, with
 * nothing behind its tail. What must always hold and what is sought are claims for {@code pan -N}.
 */
public final class Promela {
    private final Question question;
    private final PromelaTerms terms = new PromelaTerms();
    private final StringBuilder text = new StringBuilder();
    private final List<String> rules = new ArrayList<>();
    private final List<String> proctypes = new ArrayList<>();

    private Promela(Question question) {
        this.question = question;
    }

    /** The whole model, ready for {@code spin -o2 -a}. */
    public static String of(Question question) {
        return new Promela(question).write();
    }

    private String write() {
        Composition world = question.world();
        world.processes().forEach(this::addProcess);
        String beginnings = beginnings();
        List<String> claims = question.properties().stream().map(this::claim).toList();
        text.append("""
                /*
                 * A world of blockcopy, for SPIN: count its states, and see whether what is claimed of it holds.
                 *
                 *   spin -o2 -a FILE && gcc -O3 -DSAFETY -DNOREDUCE -DNOCLAIM -o pan pan.c && ./pan -E -m1000000
                 *   spin -o2 -a FILE && gcc -O3 -DSAFETY -DNOREDUCE -o pan pan.c && ./pan -E -m1000000 -N CLAIM
                 *
                 * and of what leads to what, with its fairness:
                 *
                 *   spin -o2 -a FILE && gcc -O3 -DNOREDUCE -DNFAIR=8 -o pan pan.c && ./pan -a -f -E -m1000000 -N CLAIM
                 *
                 * SPIN stores one state more than the world has: the one before a beginning is chosen.
                 */

                """);
        types(world.layout().places());
        world.layout().places().forEach(this::declare);
        text.append("\n")
                .append(terms.scratch())
                .append(terms.definitions("#define ", " "))
                .append("\n");
        rules.forEach(text::append);
        text.append(beginnings);
        claims.forEach(text::append);
        return text.toString();
    }

    private void types(List<Place> places) {
        Set<Type<?>> types = new LinkedHashSet<>();
        for (Place place : places) {
            IntStream.range(0, place.width()).forEach(offset -> types.add(place.typeOf(offset)));
        }
        for (Type<?> type : types) {
            if (type.kind() == Type.Kind.ENUMERATION) {
                text.append("/* ").append(type.name()).append(" */\n");
                for (int number = 0; number < type.size(); number++) {
                    text.append("#define " + terms.constant(type, number) + " " + number + "\n");
                }
                text.append("\n");
            }
        }
    }

    private void declare(Place place) {
        String name = terms.nameOf(place);
        if (place instanceof Fifo<?> fifo) {
            text.append("byte " + name + "_length;\n");
            text.append(kind(fifo.message()) + " " + name + "[" + fifo.capacity() + "] = "
                    + terms.constant(fifo.message(), 0) + ";\n");
        } else {
            Variable<?> variable = (Variable<?>) place;
            String length = variable.length() == 1 ? "" : "[" + variable.length() + "]";
            text.append(kind(variable.type()) + " " + name + length + " = "
                    + terms.constant(variable.type(), variable.initialAt(0)) + ";\n");
        }
    }

    static String kind(Type<?> type) {
        if (type.kind() == Type.Kind.RANGE) {
            boolean isByte = (Integer) type.valueOf(0) >= 0 && (Integer) type.valueOf(type.size() - 1) < 256;
            return isByte ? "byte" : "short";
        }
        return type.kind() == Type.Kind.BOOLEAN ? "bool" : type.size() <= 256 ? "byte" : "short";
    }

    /**
     * SPIN is fair to processes; so each group that the question is fair to is one, and whoever is owed nothing may
     * rest for ever, though he could act.
     */
    private void addProcess(Process process) {
        List<Rule> left = new ArrayList<>(process.rules());
        for (Fair fair : fairness()) {
            List<Rule> group = left.stream()
                    .filter(rule -> fair.includes(new Composition.Move(process, rule)))
                    .toList();
            left.removeAll(group);
            String name = fair.name().equals(process.name()) ? process.name() : process.name() + " " + fair.name();
            addProctype(name, group, "");
        }
        boolean mayRest = question.properties().stream().anyMatch(Property.LeadsTo.class::isInstance);
        addProctype(process.name(), left, mayRest ? "    :: d_step { skip; skip }\n" : "");
    }

    private List<Fair> fairness() {
        return question.properties().stream()
                .filter(Property.LeadsTo.class::isInstance)
                .map(Property.LeadsTo.class::cast)
                .map(Property.LeadsTo::fairness)
                .findFirst()
                .orElse(List.of());
    }

    private void addProctype(String wish, List<Rule> steps, String rest) {
        if (!steps.isEmpty()) {
            String name = terms.nameOf(List.of("proctype", wish), wish);
            proctypes.add(name);
            StringBuilder lines = new StringBuilder("proctype " + name + "() {\n    do\n");
            steps.forEach(rule -> lines.append(step(rule)));
            rules.add(lines + rest + "    od\n}\n\n");
        }
    }

    private String step(Rule rule) {
        List<String> statements = new PromelaChanges(terms, rule.changes()).statements();
        return "    /* " + rule.name().replace("*/", "* /") + " */\n    :: d_step { "
                + rule.when().walk(terms) + " -> " + (statements.isEmpty() ? "skip" : String.join("; ", statements))
                + " }\n";
    }

    private String beginnings() {
        String choices =
                question.beginnings().stream().map(this::beginning).distinct().collect(Collectors.joining());
        String runs =
                proctypes.stream().map(name -> "        run " + name + "();\n").collect(Collectors.joining());
        return "init {\n    atomic {\n        if\n" + choices + "        fi;\n" + runs + "    }\n}\n\n";
    }

    /** What a beginning has that is not initial. */
    private String beginning(Valuation state) {
        List<String> statements = new ArrayList<>();
        for (Place place : question.world().layout().places()) {
            int offset = question.world().layout().offsetOf(place);
            for (int i = 0; i < place.width(); i++) {
                if (state.numberAt(offset + i) != place.initialAt(i)) {
                    statements.add(terms.element(place, i) + " = "
                            + terms.constant(place.typeOf(i), state.numberAt(offset + i)));
                }
            }
        }
        return "        :: d_step { " + (statements.isEmpty() ? "skip" : String.join("; ", statements)) + " }\n";
    }

    private String claim(Property property) {
        String head = "/* " + property.name() + ": " + property.meaning().replace("*/", "* /") + " */\n";
        if (property instanceof Property.Always always) {
            String premise = terms.define("premise " + property.name(), always.premise());
            String claim = terms.define("claim " + property.name(), always.claim());
            return head + "ltl " + terms.nameOf(property) + " { [] (" + premise + " -> " + claim + ") }\n";
        }
        if (property instanceof Property.Sometimes sometimes) {
            String goal = terms.define("goal " + property.name(), sometimes.goal());
            return head + "/* sought, so that an error is what is wanted */\nltl " + terms.nameOf(property) + " { [] !"
                    + goal + " }\n";
        }
        if (property instanceof Property.LeadsTo leadsTo) {
            String from = terms.define("premise " + property.name(), leadsTo.from());
            String goal = terms.define("goal " + property.name(), leadsTo.goal());
            return head + "ltl " + terms.nameOf(property) + " { [] (" + from + " -> <> " + goal + ") }\n";
        }
        return head + "/* not a claim about states, and not exported */\n";
    }
}
