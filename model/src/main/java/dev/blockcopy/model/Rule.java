package dev.blockcopy.model;

import java.util.List;
import java.util.Optional;

/**
 * One guarded command: where the guard holds, the changes may happen, all at once.
 *
 * @param name what the step is called in a trace; unique in its process
 * @param when where it may be taken
 * @param changes what is then; each place at most once
 * @param effect what the outside sees of it, if anything
 * @param because why it is so
 */
public record Rule(String name, Guard when, List<Change> changes, Optional<Effect> effect, String because) {
    public Rule {
        changes = List.copyOf(changes);
        for (Change change : changes) {
            if (changes.stream().filter(other -> sameTarget(other, change)).count() > 1) {
                throw new ModelException(
                        "rule " + name + " changes " + change.place().name() + " twice");
            }
        }
    }

    /** Two assignments meet in a slot; a queue may be taken from and appended to in one rule. */
    private static boolean sameTarget(Change one, Change other) {
        if (one instanceof Change.Assign<?> a && other instanceof Change.Assign<?> b) {
            return a.slot().equals(b.slot());
        }
        return one.equals(other);
    }
}
