package dev.blockcopy.engine.statemachine;

import static dev.blockcopy.model.lifecycle.Lifecycle.TABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.blockcopy.model.Valuation;
import dev.blockcopy.model.lifecycle.Decision;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.JobState;
import dev.blockcopy.model.lifecycle.Trigger;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Decisions that are made before they are asked for are those that would be made then. */
class ForeseenDecisionTest {
    private static final Valuation BEGINNING = Facts.LAYOUT.initial().with(Facts.ONLINE, true);

    @Test
    void areTheTables() {
        StatemachineExecutor executor = new StatemachineExecutor();
        List<Trigger> path = List.of(Trigger.START, Trigger.READY, Trigger.DONE, Trigger.DONE);

        executor.foresee(BEGINNING, path);

        Valuation job = BEGINNING;
        for (Trigger trigger : path) {
            Decision decision = executor.decide(job, trigger);
            assertThat(decision).isEqualTo(TABLE.decide(job, trigger));
            job = decision instanceof Decision.Step step ? step.after() : job;
        }
        assertThat(job.get(Facts.STATE)).isNotEqualTo(JobState.REQUESTED);
    }

    @Test
    void areOfTheVerySituationOnly() {
        StatemachineExecutor executor = new StatemachineExecutor();
        executor.foresee(BEGINNING, List.of(Trigger.START));
        Valuation other = BEGINNING.with(Facts.WISH, Facts.Wish.PIVOT);

        assertThat(other).isNotEqualTo(BEGINNING);
        assertThat(executor.decide(other, Trigger.START)).isEqualTo(TABLE.decide(other, Trigger.START));
    }

    @Test
    void tellOfADifferenceWhenTheyAreAskedFor() {
        StatemachineExecutor executor = new StatemachineExecutor(new StatemachineModel(List.of()), TABLE);

        assertThatCode(() -> executor.foresee(BEGINNING, List.of(Trigger.START)))
                .doesNotThrowAnyException();

        assertThatIllegalStateException().isThrownBy(() -> executor.decide(BEGINNING, Trigger.START));
    }
}
