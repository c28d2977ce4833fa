package dev.blockcopy.simulator.check;

import dev.blockcopy.model.Composition.Move;
import dev.blockcopy.model.Guard;
import java.util.List;

/** A claim about all runs of a world, with a name by which reports speak of it and a sentence that says it. */
public sealed interface Property permits Property.Always, Property.Sometimes, Property.AllTaken, Property.LeadsTo {
    String name();

    String meaning();

    /**
     * In every state where the premise holds, the claim does; vacuous where the premise is never met.
     *
     * @param premise the states that the claim is about; {@link Guard#ALWAYS} for all
     */
    record Always(String name, String meaning, Guard premise, Guard claim) implements Property {
        public Always(String name, String meaning, Guard claim) {
            this(name, meaning, Guard.ALWAYS, claim);
        }
    }

    /** Some run comes to a state where the goal holds; vacuous where none does. */
    record Sometimes(String name, String meaning, Guard goal) implements Property {}

    /** Each of these moves is taken in some run; vacuous where one never is. */
    record AllTaken(String name, String meaning, List<Move> moves) implements Property {
        public AllTaken {
            moves = List.copyOf(moves);
        }
    }

    /**
     * From every state where {@code from} holds, each fair run comes to a state where the goal holds; vacuous where
     * {@code from} is never met.
     *
     * <p>A run is fair if it is weakly fair to each of the groups: a group of which some rule is enabled all the time
     * from some point on gets its turn again and again. Nothing else has to happen: what belongs to no group may happen
     * or not, and a run may stop for ever where no group has an enabled rule.
     */
    record LeadsTo(String name, String meaning, Guard from, Guard goal, List<Fair> fairness) implements Property {
        public LeadsTo {
            fairness = List.copyOf(fairness);
        }
    }
}
