package dev.blockcopy.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.simulator.check.Bounds;
import dev.blockcopy.simulator.check.Property;
import dev.blockcopy.simulator.check.Verdict;
import dev.blockcopy.simulator.check.Watch;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What ships is safe, and what libvirt 9 does is not. */
class FirstVerdictTest {
    private static final List<Property> NO_LOST_WRITE_AND_TRUTHFUL_END = List.of(Guarantees.S1, Guarantees.S2);

    private static Answer ask(String variant, String faults) {
        return new Inquiry(Variant.of(List.of(variant.split(","))), Inquiry.faults(List.of(faults.split(","))), 1)
                .ask(NO_LOST_WRITE_AND_TRUTHFUL_END, Bounds.standard(), Watch.NONE);
    }

    @Test
    void whatShipsLosesNoWriteThoughTheManagerIsKilled() {
        Answer answer = ask("guest=paused", "mgr=1");
        assertThat(answer.with(Verdict.HOLDS)).hasSize(2);
        assertThat(answer.result().isComplete()).isTrue();
    }

    /** Ours may live on there with all that the job had: it is listed, and found again once ours answers. */
    @Test
    void whatShipsLeavesNothingUnlistedThoughAnotherQemuAnswers() {
        for (String faults : List.of("another=1", "another=1,mgr=1", "another=1,qemu=1,cut=1")) {
            Answer answer = new Inquiry(Variant.SHIPPED, Inquiry.faults(List.of(faults.split(","))), 1)
                    .ask(Guarantees.SAFETY, Bounds.standard(), Watch.NONE);
            assertThat(answer.with(Verdict.VIOLATED)).as(faults).isEmpty();
            assertThat(answer.result().isComplete()).isTrue();
        }
    }

    @Test
    void aJournalAfterTheReplyNamesTheStaleSource() {
        Answer answer = ask("guest=running,evidence=concluded,journal=after-reply", "mgr=1");
        assertThat(answer.with(Verdict.VIOLATED)).hasSize(2);
        Storyline.Step last = lastOf(answer);
        assertThat(last.images()).isEqualTo("source lacks writes");
        assertThat(last.job()).contains("outcome CANCELLED");
        assertThat(last.broken()).contains("S1");
    }

    private static Storyline.Step lastOf(Answer answer) {
        List<Storyline.Step> steps = Storyline.of(
                answer.question(), answer.result().of("S1").traces().get(0));
        return steps.get(steps.size() - 1);
    }
}
