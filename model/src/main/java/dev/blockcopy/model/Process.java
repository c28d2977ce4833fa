package dev.blockcopy.model;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * An actor: the places it knows and the rules it may take, in a fixed order.
 *
 * @param name who acts, as traces print it
 * @param places what its rules read and write; a place that two processes name is shared by them
 * @param rules what it may do
 */
public record Process(String name, List<Place> places, List<Rule> rules) {
    public Process {
        places = List.copyOf(places);
        rules = List.copyOf(rules);
        Set<String> names = new HashSet<>();
        for (Rule rule : rules) {
            if (!names.add(rule.name())) {
                throw new ModelException("process " + name + " has two rules named " + rule.name());
            }
        }
    }
}
