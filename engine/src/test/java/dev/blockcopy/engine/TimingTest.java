package dev.blockcopy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.model.lifecycle.CopyEffect;
import dev.blockcopy.model.lifecycle.Facts.Destination;
import dev.blockcopy.model.lifecycle.Facts.Wish;
import dev.blockcopy.model.lifecycle.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimingTest {
    private final LiveJob live = new LiveJob(Samples.job(Destination.EXISTING, Wish.STAY));

    private long pauseNanos() {
        return Timing.noted(live, Findings.NONE).pauseNanos();
    }

    private static JournalLine line(int second, CopyEffect effect) {
        return new JournalLine(Instant.ofEpochSecond(second), "A", "B", "C", effect.name(), "because");
    }

    @Test
    void measuresEachPauseByItself() {
        Timing.performing(live, CopyEffect.STOP, 100);
        Timing.answered(live, CopyEffect.CONT, Trigger.DONE, 150);
        assertThat(pauseNanos()).isEqualTo(50);
        Timing.performing(live, CopyEffect.STOP, 1000);
        Timing.performing(live, CopyEffect.STOP, 1010);
        Timing.answered(live, CopyEffect.CONT, Trigger.DONE, 1030);
        assertThat(pauseNanos()).isEqualTo(30);
    }

    @Test
    void measuresAPauseThatOutlivedItsOwnerFromItsBeginning() {
        List<JournalLine> way = List.of(
                line(10, CopyEffect.STOP), line(11, CopyEffect.CONT),
                line(20, CopyEffect.STOP), line(21, CopyEffect.STOP));
        long nowNanos = 7;
        Timing.adopted(live, way, Instant.ofEpochSecond(25), nowNanos);
        Timing.answered(live, CopyEffect.CONT, Trigger.DONE, nowNanos + 100);
        assertThat(pauseNanos()).isEqualTo(Duration.ofSeconds(5).toNanos() + 100);
    }
}
