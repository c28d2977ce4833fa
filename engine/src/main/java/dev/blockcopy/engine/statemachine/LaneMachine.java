package dev.blockcopy.engine.statemachine;

import dev.blockcopy.model.Valuation;
import dev.blockcopy.model.lifecycle.Cell;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.JobState;
import dev.blockcopy.model.lifecycle.Trigger;
import java.util.ArrayList;
import java.util.List;
import org.springframework.statemachine.StateMachine;
import org.springframework.statemachine.support.DefaultStateMachineContext;
import reactor.core.publisher.Mono;

/**
 * One machine of Spring's for all jobs of a lane. Not for use by several threads at once.
 *
 * <p>It is put into the state of a job before each trigger. Where the lane drives one job, as most do, it stands there
 * already; else the reset costs a fifth of the event. A machine for each job would save that, at 100 KB and a
 * millisecond apiece, and would have to be thrown away again.
 *
 * <p>An event costs about 0.1 ms once the JVM is warm, a quarter of it for asking each of the 230 transitions whether it
 * leaves the current state, the rest for building and tearing down streams; on a cold JVM it is ten times that.
 */
final class LaneMachine {
    /**
     * What the machine did.
     *
     * @param next where it stands now
     * @param taken the rows whose transitions it took
     */
    record Reaction(JobState next, List<Cell.Row> taken) {}

    private final StateMachine<JobState, Trigger> machine;

    LaneMachine(StatemachineModel model) {
        machine = model.machine();
    }

    Reaction react(Valuation job, Trigger trigger) {
        putInto(job.get(Facts.STATE));
        List<Cell.Row> taken = new ArrayList<>();
        machine.sendEvent(Mono.just(StatemachineModel.message(trigger, job, taken)))
                .blockLast();
        return new Reaction(stands(), List.copyOf(taken));
    }

    private void putInto(JobState state) {
        if (stands() != state) {
            machine.getStateMachineAccessor()
                    .withRegion()
                    .resetStateMachineReactively(new DefaultStateMachineContext<>(state, null, null, null))
                    .block();
        }
    }

    private JobState stands() {
        return machine.getState().getId();
    }
}
