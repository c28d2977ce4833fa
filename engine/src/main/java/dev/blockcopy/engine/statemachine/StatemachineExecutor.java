package dev.blockcopy.engine.statemachine;

import dev.blockcopy.engine.JobExecutor;
import dev.blockcopy.engine.statemachine.LaneMachine.Reaction;
import dev.blockcopy.model.Valuation;
import dev.blockcopy.model.lifecycle.Decision;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.Lifecycle;
import dev.blockcopy.model.lifecycle.TransitionTable;
import dev.blockcopy.model.lifecycle.Trigger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has Spring Statemachine execute the table.
 *
 * <p>What Spring answers is no evidence: it accepts an event whose guard said no or threw, and hides an action that
 * threw. So what counts is where its machine stands afterwards and which rows it took, and both must be what the table
 * itself decides; a difference ends the decision with an {@link IllegalStateException} that names it.
 */
public final class StatemachineExecutor implements JobExecutor {
    private static final Logger LOG = LoggerFactory.getLogger(StatemachineExecutor.class);
    private static final StatemachineModel SHIPPED = new StatemachineModel(Lifecycle.TABLE.rows());

    /** What may be asked. */
    private record Question(Valuation job, Trigger trigger) {}

    private final TransitionTable table;
    private final LaneMachine machine;
    /** Decisions that were made before they were asked for. */
    private final Map<Question, Decision> foreseen = new HashMap<>();

    /** Executes the table that ships. */
    public StatemachineExecutor() {
        this(SHIPPED, Lifecycle.TABLE);
    }

    /** Executes another table, of whoever wants to see what it does. */
    public StatemachineExecutor(TransitionTable table) {
        this(new StatemachineModel(table.rows()), table);
    }

    StatemachineExecutor(StatemachineModel model, TransitionTable table) {
        this.table = table;
        machine = new LaneMachine(model);
    }

    @Override
    public Decision decide(Valuation job, Trigger trigger) {
        Decision decision = foreseen.get(new Question(job, trigger));
        return decision == null ? execute(job, trigger) : decision;
    }

    /** Ends where the table and Spring differ: that is told to whoever asks for that decision, and nobody may. */
    @Override
    public void foresee(Valuation job, List<Trigger> path) {
        if (foreseen.containsKey(new Question(job, path.get(0)))) {
            return;
        }
        foreseen.clear();
        Valuation at = job;
        try {
            for (Trigger trigger : path) {
                Decision decision = execute(at, trigger);
                foreseen.put(new Question(at, trigger), decision);
                at = decision instanceof Decision.Step step ? step.after() : at;
            }
        } catch (IllegalStateException e) {
            LOG.debug("not foreseen", e);
        }
    }

    private Decision execute(Valuation job, Trigger trigger) {
        Decision decision = table.decide(job, trigger);
        Reaction expected = reactionOf(job, decision);
        Reaction reaction = machine.react(job, trigger);
        if (!reaction.equals(expected)) {
            throw new IllegalStateException("Spring Statemachine and the table differ on " + trigger + " where " + job
                    + ": the table says " + expected + ", Spring " + reaction);
        }
        return decision;
    }

    private static Reaction reactionOf(Valuation job, Decision decision) {
        if (decision instanceof Decision.Step step) {
            return new Reaction(step.after().get(Facts.STATE), List.of(step.row()));
        }
        return new Reaction(job.get(Facts.STATE), List.of());
    }
}
