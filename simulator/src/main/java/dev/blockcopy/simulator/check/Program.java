package dev.blockcopy.simulator.check;

import dev.blockcopy.model.Composition;
import dev.blockcopy.model.Composition.Move;
import dev.blockcopy.model.Guard;
import dev.blockcopy.model.Process;
import dev.blockcopy.model.Rule;
import dev.blockcopy.model.Valuation;
import java.util.ArrayList;
import java.util.List;

/**
 * The rules of a world, compiled for packed states.
 *
 * <p>Compiled once for a world and the states in which it begins, from the same values that the interpreter of the model
 * walks; a property test holds the two against each other.
 */
final class Program {
    private final List<Move> moves;
    private final Packing packing;
    private final Compilation compilation;
    private final DecisionTree[] processes;
    private final Canonical canonical;
    private final List<long[]> beginnings;

    Program(Composition world, List<Valuation> beginnings) {
        this(new Question(world, beginnings, List.of()));
    }

    Program(Question question) {
        Composition world = question.world();
        moves = world.everyMove();
        ValueSets values = new ValueSets(world, question.beginnings());
        packing = new Packing(world.layout(), values);
        compilation = new Compilation(world.layout(), packing);
        List<DecisionTree> trees = new ArrayList<>();
        int number = 0;
        for (Process process : world.processes()) {
            List<Candidate> candidates = new ArrayList<>();
            for (Rule rule : process.rules()) {
                if (rule.when().walk(values).get(1)) {
                    candidates.add(candidate(number, rule, world));
                }
                number++;
            }
            trees.add(new DecisionTree(candidates));
        }
        processes = trees.toArray(new DecisionTree[0]);
        canonical = new Canonical(packing, question.symmetry());
        beginnings = question.beginnings().stream().map(packing::pack).toList();
    }

    private Candidate candidate(int number, Rule rule, Composition world) {
        Step step = new Step(rule.changes(), world.layout(), packing, compilation);
        return new Candidate(number, step, rule.when().walk(compilation), packing.words());
    }

    int words() {
        return packing.words();
    }

    List<Move> moves() {
        return moves;
    }

    /** The beginnings as they were given. */
    List<long[]> beginnings() {
        return beginnings;
    }

    /** What stands for all states that are alike. */
    Canonical canonical() {
        return canonical;
    }

    long[] pack(Valuation state) {
        return packing.pack(state);
    }

    Valuation unpack(long[] states, int at) {
        return packing.unpack(states, at);
    }

    /** Adds every state that follows, in the order of the rules, as it is. */
    void successors(long[] states, int at, Successors out) {
        for (DecisionTree process : processes) {
            for (Candidate candidate : process.candidates(states, at)) {
                if (candidate.isEnabled(states, at)) {
                    int next = out.next();
                    candidate.step.apply(states, at, out.states, next);
                    out.add(candidate.rule);
                }
            }
        }
    }

    /** A guard over packed states. */
    Code test(Guard guard) {
        return guard.walk(compilation);
    }
}
