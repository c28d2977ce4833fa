package dev.blockcopy.simulator.check;

import dev.blockcopy.model.Composition.Move;
import dev.blockcopy.model.Process;
import dev.blockcopy.model.Rule;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A group of rules that a fair run does not starve: if some rule of it is enabled all the time, one of them is taken.
 *
 * @param name what reports call the group
 * @param process whose rules they are, by name
 * @param rules the names of the rules
 */
public record Fair(String name, String process, Set<String> rules) {
    public Fair {
        rules = Set.copyOf(rules);
    }

    /** All rules of a process as one group: it acts when it can, and chooses as it likes. */
    public static Fair to(Process process) {
        return new Fair(
                process.name(),
                process.name(),
                process.rules().stream().map(Rule::name).collect(Collectors.toSet()));
    }

    /** Each of the rules as a group of its own. */
    public static List<Fair> toEach(Process process, List<Rule> rules) {
        return rules.stream()
                .map(rule -> new Fair(process.name() + ": " + rule.name(), process.name(), Set.of(rule.name())))
                .toList();
    }

    /** Whether a move is one of the group. */
    public boolean includes(Move move) {
        return move.process().name().equals(process)
                && rules.contains(move.rule().name());
    }
}
