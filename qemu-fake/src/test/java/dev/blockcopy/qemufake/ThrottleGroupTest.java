package dev.blockcopy.qemufake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The buckets of {@code util/throttle.c}, in numbers that a real QEMU showed (transcripts l11, l12b, l14b). */
class ThrottleGroupTest {
    private static final long MIB = 1 << 20;
    private static final long START = 1_000_000_000;

    private static List<Long> dues(ThrottleGroup group, int requests, long bytes) {
        List<Long> dues = new ArrayList<>();
        ThrottleGroup now = group;
        for (int i = 0; i < requests; i++) {
            ThrottleGroup.Turn turn = now.admit(START, bytes, true);
            dues.add((turn.dueMicros() - START) / 1000);
            now = turn.next();
        }
        return dues;
    }

    @Test
    void aBucketLetsThroughUntilItIsAboveItsBrimAndThenAtItsAverage() {
        ThrottleGroup group = ThrottleGroup.of(Map.of("x-bps-write", 2 * MIB, "x-bps-write-max", 2 * MIB));
        assertThat(dues(group, 6, MIB)).containsExactly(0L, 0L, 0L, 500L, 1000L, 1500L);
    }

    @Test
    void withoutAMaximumTheBrimIsATenthOfTheAverage() {
        ThrottleGroup group = ThrottleGroup.of(Map.of("x-bps-total", 10 * MIB));
        assertThat(dues(group, 4, MIB)).containsExactly(0L, 0L, 100L, 200L);
    }

    @Test
    void requestsAreCountedByThemselves() {
        ThrottleGroup group = ThrottleGroup.of(Map.of("x-iops-write", 10L));
        assertThat(dues(group, 4, 512)).containsExactly(0L, 0L, 100L, 200L);
    }

    @Test
    void aLimitOnReadsIsNoneOnWrites() {
        ThrottleGroup group = ThrottleGroup.of(Map.of("x-bps-read", 1L));
        assertThat(dues(group, 3, MIB)).containsExactly(0L, 0L, 0L);
    }
}
