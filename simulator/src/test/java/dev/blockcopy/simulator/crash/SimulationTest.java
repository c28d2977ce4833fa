package dev.blockcopy.simulator.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.engine.CopyJob;
import dev.blockcopy.engine.JobExecutor;
import dev.blockcopy.engine.Journal;
import dev.blockcopy.engine.JournalLine;
import dev.blockcopy.engine.Progress;
import dev.blockcopy.engine.TableExecutor;
import dev.blockcopy.engine.image.FileCalls;
import dev.blockcopy.model.lifecycle.CopyEffect;
import dev.blockcopy.model.lifecycle.Decision;
import dev.blockcopy.model.lifecycle.Trigger;
import dev.blockcopy.qemufake.Dialect;
import dev.blockcopy.simulator.campaign.Tally;
import dev.blockcopy.simulator.campaign.Verdict;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A short run of what ships, and six bugs that it must find. */
@Tag("once")
class SimulationTest {
    private static final int SEED = 1;
    private static final JobExecutor TABLE = new TableExecutor();

    private final StringWriter text = new StringWriter();

    private static boolean runs(Simulation simulation, int trials) {
        try {
            return simulation.run(1, trials, 2, line -> {});
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void nothingIsLostWhoeverDies() {
        Simulation shipped = Simulation.shipped(List.of(Dialect.values()), SEED, new PrintWriter(text, true));
        assertThat(runs(shipped, 300)).as(text.toString()).isTrue();
    }

    @Test
    void theSameNumberIsTheSameTrialToTheLastLine() {
        Dialect[] all = Dialect.values();
        for (int number : List.of(7, 1000)) {
            StringWriter again = new StringWriter();
            Simulation.shipped(List.of(all), SEED, new PrintWriter(text, true)).tell(number, 1);
            Simulation.shipped(List.of(all), SEED, new PrintWriter(again, true)).tell(number, 1);
            assertThat(again.toString()).isEqualTo(text.toString()).contains("***", "query-");
            text.getBuffer().setLength(0);
        }
    }

    @Test
    void everyDialectComesToAPivot() {
        for (Dialect dialect : Dialect.values()) {
            text.getBuffer().setLength(0);
            Simulation.shipped(List.of(dialect), SEED, new PrintWriter(text, true))
                    .tell(1, 20);
            assertThat(text.toString()).as(dialect.wire()).contains("(written down: PIVOTED)");
        }
    }

    private Tally ofBroken(Supplier<Make> makes, int trials) {
        Simulation broken =
                new Simulation(number -> makes.get(), List.of(Dialect.QEMU_7_2), SEED, new PrintWriter(text, true));
        assertThat(runs(broken, trials)).isFalse();
        assertThat(text.toString()).contains("again: blockcopy-sim crashes --dialect qemu-7.2 --seed 1 --first ");
        return broken.tally();
    }

    /** An engine that does not carry out an effect, and takes it for done. */
    private static Make without(CopyEffect effect) {
        return Make.of((job, trigger) -> {
            Decision decision = TABLE.decide(job, trigger);
            if (!(decision instanceof Decision.Step step) || !step.effect().equals(Optional.of(effect))) {
                return decision;
            }
            Decision.Step next = (Decision.Step) TABLE.decide(step.after(), Trigger.DONE);
            return new Decision.Step(step.before(), step.trigger(), next.row(), next.after());
        });
    }

    @Test
    void losesWritesWithoutTheSeal() {
        Tally tally = ofBroken(() -> without(CopyEffect.STOP), 120);
        assertThat(tally.of(Verdict.LOST)).as(text.toString()).isPositive();
    }

    @Test
    void namesTheWrongImageWhenTheJournalComesAfterTheReply() {
        Tally tally = ofBroken(
                () -> {
                    Make make = Make.of(TABLE);
                    return make.with(new LateJournal(make.journal()));
                },
                120);
        assertThat(tally.of(Verdict.WRONG) + tally.of(Verdict.LOST))
                .as(text.toString())
                .isPositive();
    }

    @Test
    void namesTheWrongImageWhenTheEvidenceIsIgnored() {
        Tally tally = ofBroken(
                () -> Make.of((job, trigger) ->
                        TABLE.decide(job, trigger == Trigger.ON_DESTINATION ? Trigger.ON_SOURCE : trigger)),
                120);
        assertThat(tally.of(Verdict.WRONG) + tally.of(Verdict.LOST))
                .as(text.toString())
                .isPositive();
    }

    @Test
    void seesTheGuestThatIsNotLetGo() {
        Tally tally = ofBroken(() -> without(CopyEffect.CONT), 40);
        assertThat(tally.of(Verdict.UNTIDY)).as(text.toString()).isPositive();
        assertThat(text.toString()).contains("the guest is paused");
    }

    @Test
    void seesTheHandInAnotherQemuThatIsTakenForTheFirst() {
        Tally tally = ofBroken(
                () -> Make.of((job, trigger) ->
                        TABLE.decide(job, trigger == Trigger.ANOTHER_QEMU ? Trigger.CONNECTED : trigger)),
                400);
        assertThat(tally.of(Verdict.WRONG)).as(text.toString()).isPositive();
        assertThat(text.toString()).contains("in another QEMU the guest runs");
    }

    @Test
    void losesWritesInAPowerLossWhenNothingIsSyncedBeforeTheOutcome() {
        Tally tally = ofBroken(() -> Make.of(TABLE).with(SimulationTest::withoutSync), 120);
        assertThat(tally.of(Verdict.LOST)).as(text.toString()).isPositive();
        assertThat(text.toString()).contains("the host loses power");
    }

    private static FileCalls withoutSync(FileCalls calls) {
        return (FileCalls) Proxy.newProxyInstance(
                FileCalls.class.getClassLoader(), new Class<?>[] {FileCalls.class}, (proxy, method, arguments) -> {
                    try {
                        return method.getName().equals("sync") ? null : method.invoke(calls, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** Writes each step down when the next one is. */
    private static final class LateJournal implements Journal {
        private final Journal journal;
        private Runnable held = () -> {};

        LateJournal(Journal journal) {
            this.journal = journal;
        }

        @Override
        public void insert(CopyJob job, JournalLine line) {
            journal.insert(job, line);
        }

        @Override
        public void save(CopyJob job, List<JournalLine> lines) {
            held.run();
            held = () -> journal.save(job, lines);
        }

        @Override
        public void saveProgress(String jobId, Progress progress) {
            journal.saveProgress(jobId, progress);
        }

        @Override
        public List<JournalLine> journalOf(String jobId) {
            return journal.journalOf(jobId);
        }
    }
}
