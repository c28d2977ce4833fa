package dev.blockcopy.simulator.check;

import dev.blockcopy.model.Composition.Move;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Answers questions: explores every state of a world within bounds, and says what holds. */
public final class Checker {
    private final Question question;
    private final Bounds bounds;
    private final Program program;
    private final Search search;
    private final Paths paths;

    private Checker(Question question, Bounds bounds, Search search, Program program) {
        this.question = question;
        this.bounds = bounds;
        this.program = program;
        this.search = search;
        paths = new Paths(program, search.store());
    }

    public static CheckResult check(Question question, Bounds bounds) {
        return check(question, bounds, Watch.NONE);
    }

    /**
     * Explores and answers.
     *
     * @throws dev.blockcopy.model.ModelException where the world says something impossible: a queue that overflows, a
     *     number that leaves its range
     */
    public static CheckResult check(Question question, Bounds bounds, Watch watch) {
        Program program = new Program(question);
        try (Search search = new Search(program, question, bounds, watch)) {
            search.run(program.beginnings());
            return new Checker(question, bounds, search, program).answer();
        }
    }

    private CheckResult answer() {
        Sightings seen = search.sightings();
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < question.properties().size(); i++) {
            findings.add(finding(question.properties().get(i), i, seen));
        }
        return new CheckResult(findings, search.progress(), bounds, search.cutShort(), taken(seen));
    }

    private Set<Move> taken(Sightings seen) {
        Set<Move> taken = new LinkedHashSet<>();
        for (int rule = 0; rule < program.moves().size(); rule++) {
            if (seen.taken[rule]) {
                taken.add(program.moves().get(rule));
            }
        }
        return taken;
    }

    private Finding finding(Property property, int index, Sightings seen) {
        if (property instanceof Property.Sometimes) {
            return seen.found(index).isEmpty()
                    ? new Finding(property, unless(Verdict.VACUOUS), List.of(), "no run comes to such a state")
                    : new Finding(
                            property, Verdict.HOLDS, runs(seen.found(index).subList(0, 1)), "");
        }
        if (property instanceof Property.AllTaken allTaken) {
            return coverage(allTaken, seen);
        }
        if (!seen.found(index).isEmpty()) {
            return new Finding(property, Verdict.VIOLATED, runs(seen.found(index)), "");
        }
        if (!seen.isPremiseMet(index)) {
            String why = search.cutShort().map(Checker::cutShort).orElse("no run comes to where it speaks of");
            return new Finding(property, unless(Verdict.VACUOUS), List.of(), why);
        }
        if (property instanceof Property.LeadsTo leadsTo) {
            return search.cutShort()
                    .map(why -> new Finding(property, Verdict.UNKNOWN, List.of(), cutShort(why)))
                    .orElseGet(() -> liveness(leadsTo));
        }
        return new Finding(property, unless(Verdict.HOLDS), List.of(), "");
    }

    private static String cutShort(String why) {
        return "cut short: " + why;
    }

    private Finding liveness(Property.LeadsTo property) {
        Region region = new Region(program, search.store(), property);
        Optional<Lasso> lasso =
                new Liveness(region, search.levels(), search.store().numbers()).search();
        return lasso.map(found -> new Finding(property, Verdict.VIOLATED, List.of(found.trace(paths)), ""))
                .orElse(new Finding(property, Verdict.HOLDS, List.of(), ""));
    }

    /** A verdict about all states counts only if all were explored. */
    private Verdict unless(Verdict ofAll) {
        return search.cutShort().isPresent() ? Verdict.UNKNOWN : ofAll;
    }

    private List<Trace> runs(List<Integer> numbers) {
        return numbers.stream()
                .map(paths::to)
                .sorted(Comparator.comparingInt(Trace::length))
                .toList();
    }

    private Finding coverage(Property.AllTaken property, Sightings seen) {
        Set<Move> taken = taken(seen);
        List<String> missing = property.moves().stream()
                .filter(move -> !taken.contains(move))
                .map(Move::toString)
                .toList();
        return missing.isEmpty()
                ? new Finding(property, Verdict.HOLDS, List.of(), "")
                : new Finding(
                        property, unless(Verdict.VACUOUS), List.of(), "never taken: " + String.join("; ", missing));
    }
}
