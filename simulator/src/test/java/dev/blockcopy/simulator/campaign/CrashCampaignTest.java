package dev.blockcopy.simulator.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.engine.JobExecutor;
import dev.blockcopy.engine.TableExecutor;
import dev.blockcopy.model.lifecycle.CopyEffect;
import dev.blockcopy.model.lifecycle.Decision;
import dev.blockcopy.model.lifecycle.Trigger;
import dev.blockcopy.qemufake.Dialect;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Crashes in this process, and two bugs that they must find. */
@Timeout(600)
class CrashCampaignTest {
    private static final int SEED = 1;

    private final StringWriter text = new StringWriter();

    @TempDir
    private Path dir;

    @Test
    void nothingIsLostWhateverIsStruck() throws Exception {
        boolean right = CrashCampaign.local(List.of(Dialect.values()), SEED, new PrintWriter(text, true))
                .run(dir, 1, 40);

        assertThat(right).as(text.toString()).isTrue();
    }

    private Tally run(Supplier<JobExecutor> broken, int trials) throws Exception {
        LocalStriker.Make make = new LocalStriker.Make(broken, UnaryOperator.identity());
        CrashCampaign campaign =
                CrashCampaign.local(make, List.of(Dialect.QEMU_7_2), SEED, new PrintWriter(text, true));
        campaign.run(dir, 1, trials);
        return campaign.tally();
    }

    @Test
    void findsTheWrongImageWhenTheEvidenceIsNotBelieved() throws Exception {
        JobExecutor table = new TableExecutor();
        Tally tally = run(
                () -> (job, trigger) ->
                        table.decide(job, trigger == Trigger.ON_DESTINATION ? Trigger.ON_SOURCE : trigger),
                20);

        assertThat(tally.of(Verdict.WRONG) + tally.of(Verdict.LOST))
                .as(text.toString())
                .isPositive();
        assertThat(text.toString()).contains("again: blockcopy-sim crashes --dialect qemu-7.2 --seed 1 --first ");
    }

    @Test
    void findsTheGuestThatIsNeverLetGo() throws Exception {
        JobExecutor table = new TableExecutor();
        Tally tally = run(() -> (job, trigger) -> withoutCont(table.decide(job, trigger), table), 20);

        assertThat(tally.of(Verdict.UNTIDY)).as(text.toString()).isPositive();
    }

    private static Decision withoutCont(Decision decision, JobExecutor table) {
        if (!(decision instanceof Decision.Step step) || !step.effect().equals(Optional.of(CopyEffect.CONT))) {
            return decision;
        }
        Decision.Step next = (Decision.Step) table.decide(step.after(), Trigger.DONE);
        return new Decision.Step(step.before(), step.trigger(), next.row(), next.after());
    }
}
