package dev.blockcopy.simulator.check;

import dev.blockcopy.model.Composition.Move;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The answer to a question.
 *
 * @param findings one for each property, in their order
 * @param size what was explored
 * @param bounds how far it might have gone
 * @param cutShort why the exploration ended early, if it did
 * @param taken every move that is taken in some run
 */
public record CheckResult(
        List<Finding> findings, Progress size, Bounds bounds, Optional<String> cutShort, Set<Move> taken) {
    public CheckResult {
        findings = List.copyOf(findings);
        taken = Set.copyOf(taken);
    }

    public boolean isComplete() {
        return cutShort.isEmpty();
    }

    /** The finding of a property by its name. */
    public Finding of(String property) {
        return findings.stream()
                .filter(finding -> finding.property().name().equals(property))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no property is named " + property));
    }
}
