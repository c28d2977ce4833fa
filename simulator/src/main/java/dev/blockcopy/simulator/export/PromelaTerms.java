package dev.blockcopy.simulator.export;

import dev.blockcopy.model.Fifo;
import dev.blockcopy.model.Guard;
import dev.blockcopy.model.Place;
import dev.blockcopy.model.Slot;
import dev.blockcopy.model.Term;
import dev.blockcopy.model.Type;
import dev.blockcopy.model.Variable;
import dev.blockcopy.simulator.check.Property;
import java.util.List;

/** Guards and terms in Promela; a guard with a name is a macro. */
final class PromelaTerms extends Expressions {
    /** Words of Promela and of C, into which SPIN turns the model. */
    private static final Words WORDS = new Words(" == ", "!", " && ", " || ", "(true)", "(false)", """
            active assert atomic bit bool break byte chan d_step do else empty enabled eval false fi for full goto hidden
            if in init inline int len local ltl mtype nempty never nfull np_ od of pc_value pid print printf priority
            proctype provided run select set_priority get_priority short show skip timeout trace notrace true typedef
            unless unsigned xr xs W X U V R always eventually until weakuntil release next stronguntil implies equivalent
            auto case char const continue default double enum extern float long register restrict return signed sizeof
            static struct switch union void volatile while now
            """);

    private int scratchNeeded;

    PromelaTerms() {
        super(WORDS);
    }

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

    String nameOf(Property property) {
        return nameOf(property, property.name());
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

    @Override
    String constant(Type<?> type, int number) {
        return switch (type.kind()) {
            case RANGE -> String.valueOf(type.valueOf(number));
            case BOOLEAN -> String.valueOf(type.valueOf(number));
            case ENUMERATION -> nameOf(List.of("constant", type, number), type.name() + "_" + type.valueOf(number));
        };
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
    public String empty(Guard.Empty node) {
        return "(" + lengthOf(node.fifo()) + " == 0)";
    }

    @Override
    public String full(Guard.Full node) {
        return "(" + lengthOf(node.fifo()) + " == " + node.fifo().capacity() + ")";
    }
}
