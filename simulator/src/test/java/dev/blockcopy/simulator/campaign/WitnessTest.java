package dev.blockcopy.simulator.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.engine.Authority;
import dev.blockcopy.engine.CopyJobs;
import dev.blockcopy.engine.CopyRequest;
import dev.blockcopy.engine.JobExecutor;
import dev.blockcopy.engine.JobReport;
import dev.blockcopy.engine.TableExecutor;
import dev.blockcopy.engine.image.ImageFormat;
import dev.blockcopy.engine.store.SqliteJobStore;
import dev.blockcopy.model.lifecycle.Cell;
import dev.blockcopy.model.lifecycle.CopyEffect;
import dev.blockcopy.model.lifecycle.Decision;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.JobState;
import dev.blockcopy.model.lifecycle.Trigger;
import dev.blockcopy.qemufake.server.GuestRecord;
import dev.blockcopy.simulator.live.Deadline;
import dev.blockcopy.simulator.live.EngineProcess;
import dev.blockcopy.simulator.live.SeededDisk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A reopen under a guest that runs on: the engine dies, QEMU is killed before anybody can ask it, and only the byte in the
 * witness can tell which image the guest wrote to last. QEMU is a process of its own, and so the descriptor really goes
 * from one to the other.
 */
@Tag("once")
@Timeout(300)
class WitnessTest {
    private static final SeededDisk DISK = new SeededDisk(1, 64 * SeededDisk.BLOCK);
    private static final int WRITES = 30;
    private static final Duration SOON = Duration.ofMinutes(2);

    private final Deadline deadline = Deadline.in(Duration.ofMinutes(4));
    private final TableExecutor table = new TableExecutor();

    @TempDir
    private Path dir;

    private EngineProcess qemu;

    /** What the engine that comes after makes of it. */
    private record Found(JobReport job, Authority authority, List<GuestRecord> lost) {}

    /** An engine of a test is struck dead by this. */
    private static final class Dead extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @AfterEach
    void killQemu() throws Exception {
        qemu.kill();
    }

    private void startQemu(String dialect) throws Exception {
        DISK.writeTo(dir.resolve("source.raw"));
        qemu = EngineProcess.start(
                dir.resolve("qemu.log"),
                WritingFake.class.getName(),
                List.of(
                        dialect,
                        dir.resolve("source.raw").toString(),
                        dir.resolve("qmp").toString(),
                        dir.resolve("told").toString()));
        awaitWrites(1);
    }

    private void awaitWrites(int more) throws Exception {
        Path told = dir.resolve("told");
        int before = Files.exists(told) ? WritingFake.told(told).size() : 0;
        while (!Files.exists(told) || WritingFake.told(told).size() < before + more) {
            deadline.millisLeft(more + " writes of the guest");
            LockSupport.parkNanos(1_000_000);
        }
    }

    private Path store() {
        return dir.resolve("jobs.db");
    }

    private CopyJobs engine(JobExecutor executor) {
        return new CopyJobs(SqliteJobStore.open(store()), List.of(store()), () -> executor);
    }

    /** An engine with these decisions pivots without a pause, and dies when QEMU has answered an effect. */
    private void pivotAndDie(JobExecutor executor, CopyEffect answered) throws Exception {
        List<CopyEffect> last = new ArrayList<>();
        JobExecutor mortal = (job, trigger) -> {
            if (trigger.kind() == Trigger.Kind.ANSWER && last.contains(answered)) {
                throw new Dead();
            }
            Decision decision = executor.decide(job, trigger);
            if (decision instanceof Decision.Step step) {
                step.effect().ifPresent(last::add);
            }
            return decision;
        };
        CopyRequest request = CopyRequest.of(
                        dir.resolve("qmp"), WritingFake.DRIVE, dir.resolve("destination.raw"), ImageFormat.RAW)
                .wish(Facts.Wish.PIVOT)
                .withoutPause()
                .build();
        try (CopyJobs engine = engine(mortal)) {
            engine.await(engine.start(request), JobReport::hasEnded, SOON);
        } catch (Dead dead) {
            awaitWrites(WRITES);
        }
    }

    private Found recoverWithoutQemu(JobExecutor executor) throws Exception {
        qemu.kill();
        try (CopyJobs engine = engine(executor)) {
            String id = engine.list().get(0).id();
            engine.takeOver();
            JobReport job = engine.await(id, JobReport::isSettled, SOON);
            Authority authority = engine.authority(dir.resolve("qmp"), WritingFake.DRIVE);
            String image = authority.image().isEmpty() ? "source.raw" : authority.image();
            return new Found(job, authority, WritingFake.lackingIn(dir.resolve(image), dir.resolve("told")));
        }
    }

    private List<Path> witnesses() throws Exception {
        try (Stream<Path> files = Files.list(dir)) {
            return files.filter(file -> file.getFileName().toString().contains("-witness-"))
                    .toList();
        }
    }

    @ParameterizedTest
    @CsvSource({"proposal-2012", "rhel6", "atomic"})
    void tellsThatTheGuestHasWrittenToTheDestination(String dialect) throws Exception {
        startQemu(dialect);
        pivotAndDie(table, CopyEffect.REOPEN);
        assertThat(witnesses()).hasSize(1);
        assertThat(Files.size(witnesses().get(0))).isEqualTo(1);

        Found found = recoverWithoutQemu(table);

        assertThat(found.job().phase()).isEqualTo(JobState.PIVOTED);
        assertThat(found.authority().verdict()).isEqualTo(Authority.Verdict.DESTINATION);
        assertThat(found.authority().evidence())
                .anyMatch(line -> line.startsWith("the witness of the reopen was read"));
        assertThat(found.lost()).isEmpty();
        assertThat(witnesses()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"proposal-2012", "rhel6", "atomic"})
    void tellsThatTheGuestHasWrittenNothingToTheDestination(String dialect) throws Exception {
        startQemu(dialect);
        pivotAndDie(withoutReopen(), CopyEffect.REOPEN);
        assertThat(Files.size(witnesses().get(0))).isZero();

        Found found = recoverWithoutQemu(table);

        assertThat(found.job().phase()).isEqualTo(JobState.FAILED);
        assertThat(found.authority().verdict()).isEqualTo(Authority.Verdict.SOURCE);
        assertThat(found.lost()).isEmpty();
        assertThat(witnesses()).isEmpty();
    }

    /** The engine dies between the row and the command. */
    private JobExecutor withoutReopen() {
        return (job, trigger) -> {
            if (job.get(Facts.STATE) == JobState.SWITCHING && trigger.kind() == Trigger.Kind.ANSWER) {
                throw new Dead();
            }
            Decision decision = table.decide(job, trigger);
            return decision instanceof Decision.Step step && step.effect().equals(Optional.of(CopyEffect.REOPEN))
                    ? performing(step, CopyEffect.LOOK_AT_JOBS)
                    : decision;
        };
    }

    @Test
    void losesWritesWhereTheByteIsIgnored() throws Exception {
        startQemu("rhel6");
        pivotAndDie(table, CopyEffect.REOPEN);

        Found found = recoverWithoutQemu((job, trigger) ->
                table.decide(job, trigger == Trigger.WITNESS_WRITTEN ? Trigger.WITNESS_EMPTY : trigger));

        assertThat(found.authority().verdict()).isEqualTo(Authority.Verdict.SOURCE);
        assertThat(found.lost()).isNotEmpty();
    }

    @Test
    void isBlindWhereTheFileIsMadeOnlyAfterItWasToBeHandedOver() throws Exception {
        startQemu("rhel6");
        pivotAndDie(
                (job, trigger) -> {
                    Decision decision = table.decide(job, trigger);
                    boolean isMaking = decision instanceof Decision.Step step
                            && step.effect().equals(Optional.of(CopyEffect.MAKE_WITNESS));
                    return isMaking
                            ? redirected((Decision.Step) decision, JobState.HANDING_OVER, CopyEffect.HAND_OVER_WITNESS)
                            : decision;
                },
                CopyEffect.REOPEN);

        Found found = recoverWithoutQemu(table);

        assertThat(found.job().phase()).isEqualTo(JobState.IN_DOUBT);
        assertThat(found.authority().verdict()).isEqualTo(Authority.Verdict.UNKNOWN);
    }

    @Test
    void isBlindWhereTheFileIsRemovedBeforeItsWordIsWrittenDown() throws Exception {
        startQemu("rhel6");
        pivotAndDie(table, CopyEffect.REOPEN);
        Files.delete(witnesses().get(0));

        Found found = recoverWithoutQemu(table);

        assertThat(found.job().phase()).isEqualTo(JobState.IN_DOUBT);
        assertThat(found.authority().verdict()).isEqualTo(Authority.Verdict.UNKNOWN);
        assertThat(found.authority().evidence()).anyMatch(line -> line.contains("-witness-"));
    }

    private static Decision performing(Decision.Step step, CopyEffect effect) {
        return redirected(step, step.row().to(), effect);
    }

    private static Decision redirected(Decision.Step step, JobState to, CopyEffect effect) {
        Cell.Row row = step.row();
        Cell.Row other =
                new Cell.Row(row.from(), row.on(), row.when(), to, row.changes(), Optional.of(effect), row.because());
        return new Decision.Step(
                step.before(), step.trigger(), other, step.after().with(Facts.STATE, to));
    }
}
