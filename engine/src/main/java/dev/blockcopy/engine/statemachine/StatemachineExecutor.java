package dev.blockcopy.engine.statemachine;

import dev.blockcopy.engine.JobExecutor;
import dev.blockcopy.engine.statemachine.LaneMachine.Reaction;
import dev.blockcopy.model.Valuation;
import dev.blockcopy.model.lifecycle.Decision;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.Lifecycle;
import dev.blockcopy.model.lifecycle.TransitionTable;
import dev.blockcopy.model.lifecycle.Trigger;
import java.util.List;

/**
 * Has Spring Statemachine execute the table.
 *
 * <p>What Spring answers is no evidence: it accepts an event whose guard said no or threw, and hides an action that
 * threw. So what counts is where its machine stands afterwards and which rows it took, and both must be what the table
 * itself decides; a difference ends the decision with an {@link IllegalStateException} that names it.
 */
public final class StatemachineExecutor implements JobExecutor {
    private static final StatemachineModel SHIPPED = new StatemachineModel(Lifecycle.TABLE.rows());

    private final TransitionTable table;
    private final LaneMachine machine;

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
