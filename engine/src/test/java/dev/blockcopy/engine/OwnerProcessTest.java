package dev.blockcopy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of which processes it is said that they are gone: only of those that certainly are. */
@Timeout(60)
class OwnerProcessTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private static Lease leaseOf(String process) {
        return new Lease(Path.of("/run/vm.qmp"), "3f2a@" + process, "process 1 on here", NOON.plusSeconds(4));
    }

    @Test
    void aProcessThatWasKilledHasLeftItsLease() throws Exception {
        Process process = new ProcessBuilder("cat").start();
        String text = OwnerProcess.of(process.pid()).text();

        assertThat(OwnerProcess.parse(text).isGone()).isFalse();
        assertThat(leaseOf(text).holds(NOON)).isTrue();

        process.destroyForcibly().waitFor();

        assertThat(OwnerProcess.parse(text).isGone()).isTrue();
        assertThat(leaseOf(text).holds(NOON)).isFalse();
    }

    @Test
    void whoIsStoppedIsNamedWithWhatToDo() throws Exception {
        Process process = new ProcessBuilder("cat").start();
        try {
            long pid = process.pid();
            Lease lease = leaseOf(OwnerProcess.of(pid).text());
            assertThat(lease.remedy())
                    .isEqualTo("process 1 on here holds it: let that end, or end it (kill " + pid + ")");

            new ProcessBuilder("kill", "-STOP", String.valueOf(pid)).start().waitFor();
            while (lease.process().condition() != OwnerProcess.Condition.STOPPED) {
                LockSupport.parkNanos(1_000_000);
            }

            assertThat(lease.remedy())
                    .isEqualTo("process 1 on here holds it and is stopped: continue it (kill -CONT " + pid
                            + ") or end it (kill -KILL " + pid + ")");
            assertThat(lease.holds(NOON)).isTrue();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void nothingIsToBeDoneToAProcessThatCantBeSeen() {
        assertThat(leaseOf("x" + OwnerProcess.self().text()).remedy())
                .isEqualTo(
                        "process 1 on here was the last to hold it, and can't be looked at from here: let that end, if"
                                + " it lives");
    }

    @Test
    void aLeaseOfALivingProcessRunsOut() {
        String self = OwnerProcess.self().text();

        assertThat(leaseOf(self).holds(NOON)).isTrue();
        assertThat(leaseOf(self).holds(NOON.plus(Duration.ofSeconds(5)))).isFalse();
    }

    @Test
    void aProcessWhoseNumberAnotherOneHasByNowIsGone() {
        String self = OwnerProcess.self().text();

        assertThat(OwnerProcess.parse(self + "0").isGone()).isTrue();
    }

    @Test
    void nothingIsSaidOfAProcessOfAnotherBootOrNamespace() {
        String self = OwnerProcess.self().text();

        assertThat(OwnerProcess.parse("x" + self + "0").isGone()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "8b0c7f6e-0000-4000-8000-000000000000", "//", "a/b/c", "/1/1"})
    void nothingIsSaidOfAProcessThatIsNotNamed(String text) {
        assertThat(OwnerProcess.parse(text).isGone()).isFalse();
    }
}
