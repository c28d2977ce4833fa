package dev.blockcopy.engine.acceptance;

import static dev.blockcopy.engine.acceptance.Images.MIB;
import static dev.blockcopy.engine.acceptance.Scene.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.engine.CopyJobs;
import dev.blockcopy.engine.InterposedStore;
import dev.blockcopy.engine.JobReport;
import dev.blockcopy.engine.JobStore;
import dev.blockcopy.engine.JournalLine;
import dev.blockcopy.engine.Rehearsals;
import dev.blockcopy.engine.qmp.NeedsRealQemu;
import dev.blockcopy.engine.qmp.QmpException;
import dev.blockcopy.engine.statemachine.StatemachineExecutor;
import dev.blockcopy.engine.store.SqliteJobStore;
import dev.blockcopy.model.lifecycle.Facts.Wish;
import dev.blockcopy.model.lifecycle.JobState;
import dev.blockcopy.model.qmp.QmpCommand;
import dev.blockcopy.model.qmp.RunState;
import dev.blockcopy.model.qmp.StatusInfo;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The guest's owner pauses it on another monitor, in the middle of a pivot: then the owner lets it go, and nobody else. */
@NeedsRealQemu
@Timeout(120)
class OwnersPauseTest {
    @TempDir
    Path dir;

    private Scene scene;
    private Path source;
    private Path copy;

    @BeforeEach
    void makeDisk() throws Exception {
        scene = new Scene(dir);
        source = Images.raw(scene.image("disk.raw"), 4 * MIB, MIB);
        copy = scene.image("copy.raw");
        scene.runningWith(source);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    /** Says something on the second monitor as soon as the intention to pause is durable, and before our stop is sent. */
    private JobReport pivoted(QmpCommand... commands) throws Exception {
        AtomicBoolean isSaid = new AtomicBoolean();
        JobStore store = InterposedStore.over(SqliteJobStore.open(scene.store()), (inner, job, lines) -> {
            inner.save(job, lines);
            if (lines.get(lines.size() - 1).to().equals("PAUSING") && !isSaid.getAndSet(true)) {
                say(commands);
            }
        });
        try (CopyJobs engine = new CopyJobs(
                store,
                List.of(scene.store()),
                StatemachineExecutor::new,
                new Rehearsals(SqliteJobStore::inMemory, 2, 0))) {
            String job = engine.start(scene.copy(copy).wish(Wish.PIVOT).build());
            JobReport report = engine.await(job, JobReport::isSettled, SOON);
            assertThat(report.phase()).isEqualTo(JobState.PIVOTED);
            assertThat(isSaid).isTrue();
            assertThat(Images.areIdentical(source, copy)).isTrue();
            letsGo = engine.journalOf(job).stream().map(JournalLine::effect).anyMatch("CONT"::equals);
            return report;
        }
    }

    private boolean letsGo;

    private void say(QmpCommand... commands) {
        try {
            for (QmpCommand command : commands) {
                scene.qemu().ask(command);
            }
        } catch (QmpException e) {
            throw new IllegalStateException(e);
        }
    }

    private RunState guest() throws QmpException {
        return StatusInfo.from(scene.qemu().ask(new QmpCommand.QueryStatus())).status();
    }

    @Test
    void staysPausedIfItWasPausedBetweenOurLookAndOurStop() throws Exception {
        JobReport report = pivoted(new QmpCommand.Stop());

        assertThat(guest()).isEqualTo(RunState.PAUSED);
        assertThat(letsGo).isFalse();
        assertThat(report.job().findings().pauseNanos()).isZero();
    }

    @Test
    void runsAgainIfItsOwnerHadLetItGoByThen() throws Exception {
        pivoted(new QmpCommand.Stop(), new QmpCommand.Cont());

        assertThat(guest()).isEqualTo(RunState.RUNNING);
    }

    @Test
    void runsAgainIfNobodyElsePausedIt() throws Exception {
        JobReport report = pivoted();

        assertThat(guest()).isEqualTo(RunState.RUNNING);
        assertThat(letsGo).isTrue();
        assertThat(report.job().findings().pauseNanos()).isPositive();
    }
}
