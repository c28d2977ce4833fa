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
 */
public record Question(Composition world, List<Valuation> beginnings, List<Property> properties) {
    public Question {
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
}
