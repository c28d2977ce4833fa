package dev.blockcopy.simulator.export;

import dev.blockcopy.model.Fifo;
import dev.blockcopy.model.Guard;
import dev.blockcopy.model.Slot;
import dev.blockcopy.model.Term;
import dev.blockcopy.model.Type;
import dev.blockcopy.model.Variable;

/** Guards and terms in TLA+. */
final class TlaTerms extends Expressions {
    private static final Words WORDS = new Words(" = ", "~", " /\\ ", " \\/ ", "TRUE", "FALSE", """
            ACTION ASSUME ASSUMPTION AXIOM BY CASE CHOOSE CONSTANT CONSTANTS COROLLARY DEF DEFINE DEFS DOMAIN ELSE ENABLED
            EXCEPT EXTENDS FALSE HAVE HIDE IF IN INSTANCE LAMBDA LEMMA LET LOCAL MODULE NEW OBVIOUS OMITTED OTHER PICK PROOF
            PROPOSITION PROVE QED RECURSIVE SF_ STATE STRONG SUBSET SUFFICES TAKE TEMPORAL THEN THEOREM TRUE UNCHANGED UNION
            USE VARIABLE VARIABLES WF_ WITH WITNESS Append BOOLEAN Head Int Len Nat Seq SelectSeq SubSeq Tail STRING
            Init Next Spec Fairness FirstOf vars
            """);

    TlaTerms() {
        super(WORDS);
    }

    @Override
    String constant(Type<?> type, int number) {
        Object value = type.valueOf(number);
        return switch (type.kind()) {
            case RANGE -> String.valueOf(value);
            case BOOLEAN -> (boolean) value ? "TRUE" : "FALSE";
            case ENUMERATION -> "\"" + value + "\"";
        };
    }

    @Override
    public String slot(Slot<?> node) {
        Variable<?> variable = node.variable();
        return variable.length() == 1 ? nameOf(variable) : nameOf(variable) + "[" + (node.index() + 1) + "]";
    }

    @Override
    public String head(Term.Head<?> node) {
        Fifo<?> fifo = node.fifo();
        return "FirstOf(" + nameOf(fifo) + ", " + constant(fifo.message(), 0) + ")";
    }

    @Override
    public String choice(Term.Choice<?> node) {
        return "(IF " + node.when().walk(this) + " THEN " + node.then().walk(this) + " ELSE "
                + node.otherwise().walk(this) + ")";
    }

    @Override
    public String empty(Guard.Empty node) {
        return "(" + nameOf(node.fifo()) + " = <<>>)";
    }

    @Override
    public String full(Guard.Full node) {
        return "(Len(" + nameOf(node.fifo()) + ") = " + node.fifo().capacity() + ")";
    }
}
