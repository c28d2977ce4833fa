package dev.blockcopy.simulator.export;

import dev.blockcopy.model.Fifo;
import dev.blockcopy.model.Guard;
import dev.blockcopy.model.Place;
import dev.blockcopy.model.Process;
import dev.blockcopy.model.Slot;
import dev.blockcopy.model.Term;
import dev.blockcopy.model.Type;
import dev.blockcopy.model.Variable;
import dev.blockcopy.model.Walk;
import dev.blockcopy.simulator.check.Property;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The walk that writes guards and terms as Promela expressions; a guard with a name becomes a macro of that name. */
final class PromelaTerms implements Walk<String> {
    /** Words of Promela and of C, into which SPIN turns the model. */
    private static final String WORDS = """
            active assert atomic bit bool break byte chan d_step do else empty enabled eval false fi for full goto hidden
            if in init inline int len local ltl mtype nempty never nfull np_ od of pc_value pid print printf priority
            proctype provided run select set_priority get_priority short show skip timeout trace notrace true typedef
            unless unsigned xr xs W X U V R always eventually until weakuntil release next stronguntil implies equivalent
            auto case char const continue default double enum extern float long register restrict return signed sizeof
            static struct switch union void volatile while now
            """;

    private final Names names = new Names(Set.of(WORDS.split("\\s+")));
    private final Map<String, String> macros = new LinkedHashMap<>();
    private int scratchNeeded;

    /** The name of a scratch variable, which is no part of a state. */
    String scratch(int number) {
        scratchNeeded = Math.max(scratchNeeded, number + 1);
        return "scratch_" + number;
    }

    /** The declarations of all scratch variables that were asked for. */
    String scratch() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < scratchNeeded; i++) {
            text.append("hidden short scratch_" + i + ";\n");
        }
        return text.toString();
    }

    /** The macros of all guards that have a name. */
    String definitions() {
        return macros.entrySet().stream()
                .map(macro -> "#define " + macro.getKey() + " " + macro.getValue() + "\n")
                .collect(Collectors.joining());
    }

    String nameOf(Place place) {
        return names.of(place, place.name());
    }

    String nameOf(Process process) {
        return names.of("process " + process.name(), process.name());
    }

    String nameOf(Property property) {
        return names.of(property, property.name());
    }

    /** One number of a place, for its beginning. */
    String element(Place place, int offset) {
        if (place instanceof Fifo<?>) {
            return offset == 0 ? lengthOf((Fifo<?>) place) : cell((Fifo<?>) place, String.valueOf(offset - 1));
        }
        return ((Variable<?>) place).length() == 1 ? nameOf(place) : nameOf(place) + "[" + offset + "]";
    }

    String lengthOf(Fifo<?> fifo) {
        return nameOf(fifo) + "_length";
    }

    String cell(Fifo<?> fifo, String index) {
        return nameOf(fifo) + "[" + index + "]";
    }

    String constant(Type<?> type, int number) {
        return switch (type.kind()) {
            case RANGE -> String.valueOf(type.valueOf(number));
            case BOOLEAN -> String.valueOf(type.valueOf(number));
            case ENUMERATION -> names.of(List.of("constant", type, number), type.name() + "_" + type.valueOf(number));
        };
    }

    /** A guard as a macro. */
    String define(String name, Guard guard) {
        List<Object> key = List.of("guard", guard);
        if (!names.has(key)) {
            String meaning = guard.walk(this);
            macros.put(names.of(key, name), meaning);
        }
        return names.of(key, name);
    }

    @Override
    public String constant(Term.Constant<?> node) {
        return constant(node.type(), node.number());
    }

    @Override
    public String slot(Slot<?> node) {
        return element(node.variable(), node.index());
    }

    @Override
    public String head(Term.Head<?> node) {
        return cell(node.fifo(), "0");
    }

    @Override
    public String choice(Term.Choice<?> node) {
        return "(" + node.when().walk(this) + " -> " + node.then().walk(this) + " : "
                + node.otherwise().walk(this) + ")";
    }

    @Override
    public String sum(Term.Sum node) {
        return "(" + node.base().walk(this) + (node.step() < 0 ? " - " : " + ") + Math.abs(node.step()) + ")";
    }

    @Override
    public String named(Guard.Named node) {
        return define(node.name(), node.meaning());
    }

    @Override
    public String same(Guard.Same<?> node) {
        return "(" + node.left().walk(this) + " == " + node.right().walk(this) + ")";
    }

    @Override
    public String less(Guard.Less node) {
        return "(" + node.left().walk(this) + " < " + node.right().walk(this) + ")";
    }

    @Override
    public String not(Guard.Not node) {
        return "(!" + node.part().walk(this) + ")";
    }

    @Override
    public String all(Guard.All node) {
        return joined(node.parts(), " && ", "(true)");
    }

    @Override
    public String any(Guard.Any node) {
        return joined(node.parts(), " || ", "(false)");
    }

    private String joined(List<Guard> parts, String word, String none) {
        if (parts.isEmpty()) {
            return none;
        }
        return parts.stream().map(part -> part.walk(this)).collect(Collectors.joining(word, "(", ")"));
    }

    @Override
    public String empty(Guard.Empty node) {
        return "(" + lengthOf(node.fifo()) + " == 0)";
    }

    @Override
    public String full(Guard.Full node) {
        return "(" + lengthOf(node.fifo()) + " == " + node.fifo().capacity() + ")";
    }
}
