package dev.blockcopy.engine.statemachine;

import dev.blockcopy.model.Valuation;
import dev.blockcopy.model.lifecycle.Cell;
import dev.blockcopy.model.lifecycle.JobState;
import dev.blockcopy.model.lifecycle.Trigger;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.springframework.beans.factory.BeanNameAware;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;
import org.springframework.statemachine.StateContext;
import org.springframework.statemachine.StateMachine;
import org.springframework.statemachine.config.ObjectStateMachineFactory;
import org.springframework.statemachine.config.model.ConfigurationData;
import org.springframework.statemachine.config.model.DefaultStateMachineModel;
import org.springframework.statemachine.config.model.StateData;
import org.springframework.statemachine.config.model.StateMachineModel;
import org.springframework.statemachine.config.model.StateMachineModelFactory;
import org.springframework.statemachine.config.model.StatesData;
import org.springframework.statemachine.config.model.TransitionData;
import org.springframework.statemachine.config.model.TransitionsData;
import org.springframework.statemachine.transition.TransitionKind;
import reactor.core.publisher.Mono;

/**
 * Rows of the table in, Spring's configuration data out. Safe for use by several threads.
 *
 * <p>Guards are the rows' own, evaluated on the situation that a message carries; an action only appends its row to a
 * list that the message carries too. Terminal states are no end states to Spring: it would stop the machine there, and
 * what a stopped one answers tells nothing.
 */
final class StatemachineModel implements StateMachineModelFactory<JobState, Trigger> {
    private static final String SITUATION = "situation";
    private static final String TAKEN = "taken";

    private final List<Cell.Row> rows;
    private final ObjectStateMachineFactory<JobState, Trigger> factory;

    StatemachineModel(List<Cell.Row> rows) {
        this.rows = List.copyOf(rows);
        factory = new ObjectStateMachineFactory<>(build(), this);
    }

    /**
     * A machine that runs, in the state in which every job begins. It has no name: for one that has, Spring looks seven
     * times an event for annotated beans of that name, each time with a regular expression made anew.
     */
    synchronized StateMachine<JobState, Trigger> machine() {
        StateMachine<JobState, Trigger> machine = factory.getStateMachine();
        ((BeanNameAware) machine).setBeanName("");
        machine.startReactively().block();
        return machine;
    }

    /** A trigger for a job in this situation; the rows that are taken are appended to the list. */
    static Message<Trigger> message(Trigger trigger, Valuation situation, List<Cell.Row> taken) {
        return new GenericMessage<>(trigger, Map.of(SITUATION, situation, TAKEN, taken));
    }

    @Override
    public StateMachineModel<JobState, Trigger> build() {
        return new DefaultStateMachineModel<>(
                new ConfigurationData<>(), new StatesData<>(states()), new TransitionsData<>(transitions()));
    }

    @Override
    public StateMachineModel<JobState, Trigger> build(String machineId) {
        return build();
    }

    private static Collection<StateData<JobState, Trigger>> states() {
        return Arrays.stream(JobState.values())
                .map(state -> new StateData<JobState, Trigger>(state, state == JobState.REQUESTED))
                .toList();
    }

    private Collection<TransitionData<JobState, Trigger>> transitions() {
        return rows.stream().map(StatemachineModel::transition).toList();
    }

    private static TransitionData<JobState, Trigger> transition(Cell.Row row) {
        return new TransitionData<>(
                row.from(),
                row.to(),
                row.on(),
                List.of(taking(row)),
                guardOf(row),
                TransitionKind.EXTERNAL,
                nameOf(row));
    }

    private static String nameOf(Cell.Row row) {
        return row.from() + " on " + row.on() + " to " + row.to();
    }

    private static Function<StateContext<JobState, Trigger>, Mono<Boolean>> guardOf(Cell.Row row) {
        return context -> Mono.just(((Valuation) context.getMessageHeader(SITUATION)).satisfies(row.when()));
    }

    @SuppressWarnings("unchecked")
    private static Function<StateContext<JobState, Trigger>, Mono<Void>> taking(Cell.Row row) {
        return context -> Mono.fromRunnable(() -> ((List<Cell.Row>) context.getMessageHeader(TAKEN)).add(row));
    }
}
