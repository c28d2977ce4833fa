package dev.blockcopy.engine.statemachine;

import dev.blockcopy.engine.JobExecutor;
import dev.blockcopy.model.Valuation;
import dev.blockcopy.model.lifecycle.Cell;
import dev.blockcopy.model.lifecycle.Decision;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.JobState;
import dev.blockcopy.model.lifecycle.Lifecycle;
import dev.blockcopy.model.lifecycle.TransitionTable;
import dev.blockcopy.model.lifecycle.Trigger;
import java.util.ArrayList;
import java.util.List;
import org.springframework.statemachine.StateMachine;
import org.springframework.statemachine.support.DefaultStateMachineContext;
import reactor.core.publisher.Mono;

/**
 * Has Spring Statemachine execute the table, one machine for all jobs of a lane.
 *
 * <p>What Spring answers is no evidence: it accepts an event whose guard said no or threw, and hides an action that
 * threw. So what counts is where the machine stands afterwards and which rows it took, and both must be what the table
 * itself decides; a difference ends the decision with an exception that names it.
 */
public final class StatemachineExecutor implements JobExecutor {
    private static final StatemachineModel SHIPPED = new StatemachineModel(Lifecycle.TABLE.rows());

    private final TransitionTable table;
    private final StateMachine<JobState, Trigger> machine;

    /** Executes the table that ships. */
    public StatemachineExecutor() {
        this(SHIPPED, Lifecycle.TABLE);
    }

    StatemachineExecutor(StatemachineModel model, TransitionTable table) {
        this.table = table;
        machine = model.machine();
    }

    @Override
    public Decision decide(Valuation job, Trigger trigger) {
        Decision decision = table.decide(job, trigger);
        putInto(job.get(Facts.STATE));
        List<Cell.Row> taken = new ArrayList<>();
        machine.sendEvent(Mono.just(StatemachineModel.message(trigger, job, taken)))
                .blockLast();
        compare(job, trigger, decision, taken);
        return decision;
    }

    private JobState stands() {
        return machine.getState().getId();
    }

    private void putInto(JobState state) {
        if (stands() != state) {
            machine.getStateMachineAccessor()
                    .withRegion()
                    .resetStateMachineReactively(new DefaultStateMachineContext<>(state, null, null, null))
                    .block();
        }
    }

    private void compare(Valuation job, Trigger trigger, Decision decision, List<Cell.Row> taken) {
        List<Cell.Row> rows = List.of();
        JobState next = job.get(Facts.STATE);
        if (decision instanceof Decision.Step step) {
            rows = List.of(step.row());
            next = step.after().get(Facts.STATE);
        }
        if (stands() != next || !taken.equals(rows)) {
            throw new IllegalStateException("Spring Statemachine and the table differ on " + trigger + " where " + job
                    + ": the table leads to " + next + " by " + rows + ", Spring to " + stands() + " by " + taken);
        }
    }
}
