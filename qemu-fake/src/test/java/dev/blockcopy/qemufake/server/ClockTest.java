package dev.blockcopy.qemufake.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

class ClockTest {
    private static final int CLOCKS = 10_000;

    @Test
    void thatOfThisMachineNeverLagsBehindIt() {
        for (int i = 0; i < CLOCKS; i++) {
            Clock clock = Clock.real();
            long micros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
            assertThat(clock.nowMicros()).isGreaterThanOrEqualTo(micros);
        }
    }
}
