package dev.blockcopy.model.lifecycle;

import dev.blockcopy.model.Composition;
import dev.blockcopy.model.Exploration;
import dev.blockcopy.model.Valuation;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A table in the middle of an outside that knows nothing, explored; what is found is kept, the states are not. */
final class ToyWorld {
    private final TransitionTable table;
    private final LifecycleProcess life;
    private final Composition world;

    final Set<Cell> taken = new LinkedHashSet<>();
    final Set<JobState> reached = EnumSet.noneOf(JobState.class);
    final Set<Valuation> withoutEnd = new LinkedHashSet<>();
    final Set<String> brokenClaims = new LinkedHashSet<>();
    private int states;
    private int steps;

    ToyWorld(TransitionTable table) {
        this.table = table;
        life = new LifecycleProcess(table);
        world = Composition.of(life.process(), ToyOutside.process());
    }

    List<Valuation> beginnings() {
        return LifecycleProcess.beginnings(world.layout());
    }

    String size() {
        return states + " states, " + steps + " steps";
    }

    /** Explores all that a job can come to from a beginning. */
    ToyWorld explore(Valuation beginning) {
        Exploration exploration = Exploration.of(world, Facts.STATE, List.of(beginning));
        states += exploration.size();
        steps += exploration.steps().size();
        for (int number = 0; number < exploration.size(); number++) {
            Valuation job = exploration.state(number);
            reached.add(job.get(Facts.STATE));
            brokenClaims.addAll(StateClaims.brokenIn(table, job));
        }
        exploration.steps().forEach(step -> life.cellOf(step.move().rule()).ifPresent(taken::add));
        withoutEnd.addAll(exploration.neverReaching(ToyWorld::isEndedOrInDoubt));
        return this;
    }

    private static boolean isEndedOrInDoubt(Valuation job) {
        return job.get(Facts.STATE).isTerminal() || job.get(Facts.STATE) == JobState.IN_DOUBT;
    }
}
