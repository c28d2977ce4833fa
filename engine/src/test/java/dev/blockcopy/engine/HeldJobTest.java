package dev.blockcopy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.model.lifecycle.CopyEffect;
import dev.blockcopy.model.lifecycle.JobState;
import dev.blockcopy.model.lifecycle.Trigger;
import dev.blockcopy.model.qmp.QmpReply;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A copy job that somebody else has paused ({@code job-pause}) gets no nearer to its pivot, and says why. */
class HeldJobTest {
    private final LaneScript script = new LaneScript();

    @BeforeEach
    void askForAPivot() {
        script.askForAPivot();
    }

    @ParameterizedTest
    @ValueSource(strings = {"standby", "paused"})
    void isWaitedForWithAWord(String status) {
        script.jobsShow(status);
        assertThat(script.job.state()).isEqualTo(JobState.APPROACHING);
        assertThat(script.job.findings().error()).isEqualTo(Answers.HELD);
        assertThat(script.sent()).doesNotContain("stop");
        script.elapse();
        script.jobsShow("ready");
        assertThat(script.job.state()).isEqualTo(JobState.GAUGING);
        assertThat(script.job.findings().error()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, false, BACKLOG_SMALL", "4096, false, BACKLOG_LARGE", "0, true, BACKLOG_LARGE"})
    void anOldQemuSaysItInAnotherWay(long behindBytes, boolean isPaused, Trigger trigger) {
        Sighting seen =
                ofOld(Map.of("device", "drive0", "len", 8192L, "offset", 8192L - behindBytes, "paused", isPaused));
        assertThat(seen.trigger()).isEqualTo(trigger);
        assertThat(seen.found().apply(Findings.NONE).error()).isEqualTo(isPaused ? Answers.HELD : "");
    }

    private Sighting ofOld(Map<String, Object> info) {
        LiveJob live = new LiveJob(script.job);
        List<QmpReply> replies = List.of(new QmpReply.Success("1", List.of(info)));
        return OldSpeech.SPEECH
                .answer(CopyEffect.LOOK_AT_BACKLOG, live, replies, 0)
                .orElseThrow();
    }
}
