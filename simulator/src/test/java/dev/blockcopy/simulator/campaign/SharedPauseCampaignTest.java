package dev.blockcopy.simulator.campaign;

import static org.assertj.core.api.Assertions.assertThat;

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

/** Two disks of a guest that writes to both, pivoted in one pause by an engine that is killed; and a bug that is found. */
@Tag("once")
@NeedsGuest
@Timeout(600)
class SharedPauseCampaignTest {
    private static final Blow AMID_THE_PAUSE = new Blow(new Awaited("JOB_STATUS_CHANGE", "status", "concluded"), 0);
    private static final Blow LONG_AFTER_THE_PAUSE = new Blow(new Awaited("RESUME", "", ""), 400_000);

    private static SavedGuest guest;

    private final StringWriter text = new StringWriter();

    @TempDir
    private Path dir;

    @BeforeAll
    static void bootGuest(@TempDir Path shared) throws Exception {
        guest = SavedGuest.boot(GuestKit.in(GuestKit.usualPlace()), 1, 2, shared);
    }

    private Tally run(int trials, List<String> struck, Blow blow) throws Exception {
        CampaignPlan plan = new CampaignPlan(Victim.BOTH, End.PIVOT, false, Around.PAUSED, 2, 1, trials, 1, 1, dir);
        CampaignPlan.Cast cast = new CampaignPlan.Cast(struck, Recovery.standard(), (trial, random) -> blow);
        Campaign campaign = new Campaign(plan, cast, guest, new PrintWriter(text, true));
        campaign.run();
        return campaign.tally();
    }

    @Test
    void losesNothingOfTwoDisksThatShareOnePause() throws Exception {
        Tally tally = run(1, List.of(AllDisks.class.getName()), AMID_THE_PAUSE);

        assertThat(tally.allRight()).as(text.toString()).isTrue();
        assertThat(text.toString()).contains("PIVOTING");
    }

    @Test
    void findsTheWritesThatAreLostWhenOneJobLetsTheGuestGoThoughAnotherNeedsThePause() throws Exception {
        Tally tally = run(1, BrokenEngine.words(BrokenEngine.Bug.HASTY), LONG_AFTER_THE_PAUSE);

        assertThat(tally.of(Verdict.LOST)).as(text.toString()).isEqualTo(1);
        assertThat(text.toString()).contains("again: blockcopy-sim campaign both-killed --disks 2 --seed 1");
    }
}
