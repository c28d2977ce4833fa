package dev.blockcopy.simulator.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.engine.CopyJobs;
import dev.blockcopy.engine.TableExecutor;
import dev.blockcopy.engine.store.SqliteJobStore;
import dev.blockcopy.model.lifecycle.Trigger;
import dev.blockcopy.simulator.live.Onlooker.Awaited;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Short campaigns of real kills under a guest that writes; and each of three bugs that a campaign must find. */
@Tag("once")
@NeedsGuest
@Timeout(600)
class CampaignTest {
    private static final int MILLIS = 1000;
    private static final Blow LONG_AFTER_THE_SWITCH =
            new Blow(new Awaited("JOB_STATUS_CHANGE", "status", "concluded"), 400 * MILLIS);
    private static final Blow LONG_AFTER_THE_PAUSE = new Blow(new Awaited("RESUME", "", ""), 400 * MILLIS);

    private static SavedGuest guest;

    private final StringWriter text = new StringWriter();

    @TempDir
    private Path dir;

    @BeforeAll
    static void bootGuest(@TempDir Path shared) throws Exception {
        guest = SavedGuest.boot(GuestKit.in(GuestKit.usualPlace()), 1, 1, shared);
    }

    private CampaignPlan plan(Victim victim, End end, int trials) {
        return new CampaignPlan(victim, end, false, Around.PAUSED, 1, 1, trials, 1, 2, dir);
    }

    private Tally run(CampaignPlan plan, CampaignPlan.Cast cast) throws Exception {
        Campaign campaign = new Campaign(plan, cast, guest, new PrintWriter(text, true));
        campaign.run();
        return campaign.tally();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "LIBVIRT")
    void losesNothingWhoeverIsStruckInAPivot(Victim victim) throws Exception {
        CampaignPlan plan = plan(victim, End.PIVOT, 3);

        assertThat(run(plan, plan.standardCast()).allRight())
                .as(text.toString())
                .isTrue();
    }

    @Test
    void losesNothingWhenTheEngineIsKilledInACopyThatEndsOnTheSource() throws Exception {
        CampaignPlan plan = plan(Victim.ENGINE, End.FINISH, 3);

        assertThat(run(plan, plan.standardCast()).allRight())
                .as(text.toString())
                .isTrue();
    }

    @Test
    void losesNothingAtTheBoundariesBetweenTwoEffects() throws Exception {
        List<String> points = End.PIVOT.failPoints();
        CampaignPlan plan = new CampaignPlan(
                Victim.BOTH, End.PIVOT, true, Around.PAUSED, 1, points.indexOf("during:COMPLETE") + 1, 2, 1, 2, dir);

        assertThat(run(plan, plan.standardCast()).allRight())
                .as(text.toString())
                .isTrue();
        assertThat(text.toString()).contains("struck in: PIVOTING 2");
    }

    private Tally run(Victim victim, BrokenEngine.Bug bug, Recovery recovery, Blow blow) throws Exception {
        return run(
                plan(victim, End.PIVOT, 1),
                new CampaignPlan.Cast(BrokenEngine.words(bug), recovery, (trial, random) -> blow));
    }

    @Test
    void isRightAlsoAboutAnEngineThatIsOnlySlow() throws Exception {
        Tally tally = run(Victim.BOTH, BrokenEngine.Bug.SLOW, Recovery.standard(), LONG_AFTER_THE_SWITCH);

        assertThat(tally.allRight()).as(text.toString()).isTrue();
    }

    @Test
    void findsTheWritesThatAreLostWithoutTheSeal() throws Exception {
        Tally tally = run(Victim.BOTH, BrokenEngine.Bug.UNSEALED, Recovery.standard(), LONG_AFTER_THE_SWITCH);

        assertThat(tally.of(Verdict.LOST)).as(text.toString()).isEqualTo(1);
        assertThat(tally.lostWrites()).isPositive();
        assertThat(text.toString()).contains("again: blockcopy-sim campaign both-killed --seed 1 --first 1 --trials 1");
    }

    @Test
    void findsTheWritesThatAreLostWhenTheJournalComesAfterTheReply() throws Exception {
        Tally tally = run(Victim.BOTH, BrokenEngine.Bug.LATE_JOURNAL, Recovery.standard(), LONG_AFTER_THE_PAUSE);

        assertThat(tally.of(Verdict.LOST)).as(text.toString()).isEqualTo(1);
        assertThat(tally.lostWrites()).isPositive();
    }

    @Test
    void findsTheWrongImageWhenTheEvidenceIsNotBelieved() throws Exception {
        Recovery unbelieving = new Recovery(store -> new CopyJobs(
                SqliteJobStore.open(store),
                List.of(),
                () -> (job, trigger) -> new TableExecutor()
                        .decide(job, trigger == Trigger.ON_DESTINATION ? Trigger.ON_SOURCE : trigger)));

        Tally tally = run(Victim.ENGINE, BrokenEngine.Bug.SLOW, unbelieving, LONG_AFTER_THE_SWITCH);

        assertThat(tally.of(Verdict.WRONG)).as(text.toString()).isEqualTo(1);
    }
}
