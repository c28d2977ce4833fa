package dev.blockcopy.simulator.check;

import dev.blockcopy.model.Composition;
import dev.blockcopy.model.Valuation;
import java.util.List;

/**
 * What is to be checked.
 *
 * @param world who acts
 * @param beginnings the states in which it may begin, in a fixed order
 * @param properties what is claimed of it
 * @param symmetry after which renamings the world, its beginnings and what is claimed are the same
 */
public record Question(Composition world, List<Valuation> beginnings, List<Property> properties, Symmetry symmetry) {
    public Question(Composition world, List<Valuation> beginnings, List<Property> properties) {
        this(world, beginnings, properties, Symmetry.NONE);
    }

    public Question {
        if (!symmetry.renamings().isEmpty() && properties.stream().anyMatch(Property.LeadsTo.class::isInstance)) {
            throw new IllegalArgumentException(
                    "what comes to pass is asked of every state, not of one for all its likes");
        }
        beginnings = List.copyOf(beginnings);
        properties = List.copyOf(properties);
        if (beginnings.isEmpty()) {
            throw new IllegalArgumentException("nothing to check: give the world a state to begin in");
        }
        if (properties.stream().map(Property::name).distinct().count() != properties.size()) {
            throw new IllegalArgumentException("two properties have one name: "
                    + properties.stream().map(Property::name).toList());
        }
    }

    /** The moves that no look at single values rules out: what each asks for, some beginning has or some move gives. */
    public List<Composition.Move> thinkableMoves() {
        ValueSets values = new ValueSets(world, beginnings);
        return world.everyMove().stream()
                .filter(move -> move.rule().when().walk(values).get(1))
                .toList();
    }
}
