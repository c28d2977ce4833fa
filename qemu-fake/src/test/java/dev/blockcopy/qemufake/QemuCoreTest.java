package dev.blockcopy.qemufake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.model.qmp.JobStatus;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What must hold of the core whoever picks its moves. */
class QemuCoreTest {
    private static final Map<String, Object> J = Map.of("id", "j");

    @Test
    void leavesTheStateBeforeAMoveAsItWas() {
        Bench bench = new Bench();
        QemuState before = bench.state;
        bench.mirror(Map.of());
        bench.settle();
        assertThat(before.statusOf("j")).isEmpty();
        assertThat(before.linesFor(0)).isEmpty();
        assertThat(bench.state.statusOf("j")).hasValue(JobStatus.READY);
    }

    @Test
    void aWriteWhileReadyReachesTheTargetOnlyWithTheNextCopy() {
        Bench bench = new Bench();
        bench.mirror(Map.of());
        bench.settle();
        bench.guestWrites(4096, 7);
        assertThat(bench.host.lostWrites("src", "dst")).containsExactly(1L);
        bench.settle();
        assertThat(bench.host.lostWrites("src", "dst")).isEmpty();
    }

    @Test
    void aBlockingWriteIsOnBothWhenItReturns() {
        Bench bench = new Bench();
        bench.mirror(Map.of("copy-mode", "write-blocking"));
        bench.settle();
        bench.guestWrites(4096, 7);
        assertThat(bench.host.lostWrites("src", "dst")).isEmpty();
    }

    @Test
    void readyAllowsABacklogThatStopDoesNotCarry() {
        Bench bench = new Bench();
        bench.mirror(Map.of());
        bench.settle();
        bench.guestWrites(0, 7);
        bench.command("stop", Map.of());
        bench.command("job-complete", J);
        assertThat(bench.state.statusOf("j")).hasValue(JobStatus.READY);
        assertThat(bench.state.fileInUse("drive0")).hasValue("src");
        assertThat(bench.host.lostWrites("src", "dst")).containsExactly(1L);
        bench.settle();
        assertThat(bench.state.fileInUse("drive0")).hasValue("dst");
        assertThat(bench.host.lostWrites("src", "dst")).isEmpty();
    }

    @Test
    void afterThePivotWritesGoToTheTargetAlone() {
        Bench bench = new Bench();
        bench.mirror(Map.of());
        bench.settle();
        bench.command("job-complete", J);
        bench.settle();
        bench.guestWrites(0, 7);
        assertThat(bench.host.read("dst", 0, 1)).containsExactly(7);
        assertThat(bench.host.read("src", 0, 1)).containsExactly(0);
    }

    @Test
    void aGracefulCancelCarriesTheBacklogFirst() {
        Bench bench = new Bench();
        bench.mirror(Map.of());
        bench.settle();
        bench.guestWrites(0, 7);
        bench.command("block-job-cancel", Map.of("device", "j"));
        bench.settle();
        assertThat(bench.host.lostWrites("src", "dst")).isEmpty();
        assertThat(bench.state.fileInUse("drive0")).hasValue("src");
    }

    @Test
    void aForcedCancelLeavesTheBacklogBehind() {
        Bench bench = new Bench();
        bench.mirror(Map.of());
        bench.settle();
        bench.guestWrites(0, 7);
        bench.command("job-cancel", J);
        bench.settle();
        assertThat(bench.host.lostWrites("src", "dst")).containsExactly(1L);
    }

    @Test
    void noWriteGoesInWhileStoppedOrPending() {
        Bench bench = new Bench();
        assertThat(QemuCore.admits(bench.state, "drive0")).isTrue();
        bench.command("stop", Map.of());
        assertThat(QemuCore.admits(bench.state, "drive0")).isFalse();
        bench.command("cont", Map.of());
        bench.mirror(Map.of("auto-finalize", false));
        bench.settle();
        bench.command("job-complete", J);
        bench.settle();
        assertThat(bench.state.statusOf("j")).hasValue(JobStatus.PENDING);
        assertThat(QemuCore.admits(bench.state, "drive0")).isFalse();
    }

    @Test
    void aTargetErrorUnderBlockingWritesEndsTheJobAndNotTheGuestsWrite() {
        Bench bench = new Bench();
        bench.mirror(Map.of("copy-mode", "write-blocking", "auto-dismiss", false));
        bench.settle();
        QemuMove write = new QemuMove.GuestWrite("drive0", 0, Payload.pattern(1, 4096));
        bench.state = QemuCore.after(bench.state, write, HostResult.Failed.of(Errno.EIO));
        bench.settle();
        assertThat(bench.state.statusOf("j")).hasValue(JobStatus.CONCLUDED);
        assertThat(bench.state.fileInUse("drive0")).hasValue("src");
    }

    @Test
    void anErrorThatIsIgnoredIsTriedAgain() {
        Bench bench = new Bench("on=write,do=fail,errno=EIO,times=2");
        bench.mirror(Map.of("on-target-error", "ignore"));
        bench.settle();
        assertThat(bench.state.statusOf("j")).hasValue(JobStatus.READY);
        assertThat(bench.events().stream().filter(event -> event.startsWith("BLOCK_JOB_ERROR")))
                .hasSize(2);
    }

    @Test
    void aFaultStrikesFromItsNthTimeOn() {
        Bench bench = new Bench("on=command,name=query-jobs,do=error,nth=2");
        List<String> answers = java.util.stream.Stream.of(1, 2, 3)
                .map(i -> bench.command("query-jobs", Map.of()).getClass().getSimpleName())
                .toList();
        assertThat(answers).containsExactly("Success", "Failure", "Success");
    }

    @Test
    void aFaultThatKillsLeavesNothingToDo() {
        Bench bench = new Bench("on=completion,do=die");
        bench.mirror(Map.of());
        bench.settle();
        bench.command("job-complete", J);
        bench.settle();
        assertThat(bench.state.isDead()).isTrue();
        assertThat(bench.state.fileInUse("drive0")).hasValue("src");
    }
}
