package dev.blockcopy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blockcopy.engine.qmp.QmpInput;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.Facts.Destination;
import dev.blockcopy.model.lifecycle.Facts.Wish;
import dev.blockcopy.model.lifecycle.JobState;
import dev.blockcopy.model.lifecycle.Trigger;
import dev.blockcopy.model.qmp.QmpCommand;
import dev.blockcopy.model.qmp.QmpReply;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Whoever asks a lane something hears an answer, whatever becomes of its threads, its store and its session. */
class LaneHostTest {
    private final RecordingStore store = new RecordingStore(new ArrayList<>());
    private final LaneScript listener = new LaneScript() {
        @Override
        public void halted(RuntimeException why) {
            // Who asks is told.
        }
    };
    private final List<QmpCommand> said = new ArrayList<>();
    private final List<Runnable> postponed = new ArrayList<>();
    private final ScheduledExecutorService timers = new ScheduledThreadPoolExecutor(0) {
        @Override
        public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
            postponed.add(command);
            return null;
        }
    };
    private int answered;
    private Consumer<QmpInput> sink;

    private LaneHost host(Executor threads) {
        MonitorDialer dialer = heard -> {
            sink = heard;
            return new MonitorLink() {
                @Override
                public String send(QmpCommand command) {
                    said.add(command);
                    return "id-" + said.size();
                }

                @Override
                public void close() {
                    // There is nothing to close.
                }
            };
        };
        return new LaneHost(store, new TableExecutor(), dialer, listener.files(), threads, timers, listener);
    }

    private CompletableFuture<Answer> begunWhileASessionIsUnderWay(LaneHost host) {
        host.post(new LaneInput.Dial());
        CompletableFuture<Answer> answer = host.begin(Samples.job(Destination.EXISTING, Wish.STAY));
        assertThat(answer).isNotDone();
        return answer;
    }

    @Test
    void whoBeginsWhileASessionIsUnderWayHearsOfAStoreThatFails() {
        CompletableFuture<Answer> answer = begunWhileASessionIsUnderWay(host(Runnable::run));
        store.broken = true;
        sink.accept(new QmpInput.Opened());
        assertThat(answer).isDone();
        assertThat(store.jobs).isEmpty();
    }

    @Test
    void whoBeginsWhileASessionIsUnderWayHearsThatTheMonitorIsLetGo() {
        LaneHost host = host(Runnable::run);
        CompletableFuture<Answer> answer = begunWhileASessionIsUnderWay(host);
        host.close();
        assertThat(answer).isCompletedWithValue(new Answer(Answer.Kind.REFUSED, "the monitor was let go"));
    }

    @Test
    void whoAsksALaneThatHasStoppedHearsWhy() {
        LaneHost host = host(Runnable::run);
        CompletableFuture<Answer> first = begunWhileASessionIsUnderWay(host);
        store.broken = true;
        sink.accept(new QmpInput.Opened());
        assertThat(first).isDone();
        CompletableFuture<Answer> later = host.ask("any", Trigger.PIVOT, "");
        assertThatThrownBy(later::join).hasRootCauseMessage("the store is broken; mend it");
    }

    @Test
    void aThreadThatCouldNotBeHadOnceStopsNoLane() {
        AtomicBoolean isFirst = new AtomicBoolean(true);
        LaneHost host = host(task -> {
            if (isFirst.getAndSet(false)) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            task.run();
        });
        host.post(new LaneInput.LookAtProgress());
        assertThat(host.ask("nobody", Trigger.CANCEL, "").join().kind()).isEqualTo(Answer.Kind.REFUSED);
    }

    @Test
    void whoAsksAnEngineThatWasClosedHearsSo() {
        LaneHost host = host(task -> {
            throw new RejectedExecutionException("shut down");
        });
        CompletableFuture<Answer> answer = host.ask("any", Trigger.PIVOT, "");
        assertThatThrownBy(answer::join).hasMessageContaining("the engine was closed");
    }

    /** To wake another thread would take a part of the pause; whoever watches is woken when QEMU has its command. */
    @Test
    void whileAGuestWaitsItIsTheThreadThatHearsThatGoesOn() {
        Queue<Runnable> submitted = new ArrayDeque<>();
        comeBackToAPausedGuest(submitted);
        assertThat(said).endsWith(new QmpCommand.Cont());
        assertThat(listener.deeds).doesNotContain("tell RESUMING");
        assertThat(submitted).isEmpty();
        hear(Map.of());
        assertThat(said).endsWith(new QmpCommand.JobDismiss(Samples.spec().id()));
        assertThat(listener.deeds).doesNotContain("tell RESUMING");

        runAll(submitted);
        assertThat(listener.deeds).containsSubsequence("tell RESUMING", "tell DISMISSING");
    }

    @Test
    void whoWatchesHearsOfALongPauseBeforeItsEnd() {
        Queue<Runnable> submitted = new ArrayDeque<>();
        comeBackToAPausedGuest(submitted);
        assertThat(postponed).hasSize(1);
        postponed.remove(0).run();
        runAll(submitted);
        assertThat(listener.deeds).contains("tell RESUMING");
    }

    /** One who is told to go while it says {@code cont} says that first. */
    @Test
    void aGuestThatRunsInAMomentIsWaitedForBeforeTheMonitorIsLetGo() {
        Queue<Runnable> submitted = new ArrayDeque<>();
        CompletableFuture<Void> left = toldToLeaveInAPause(submitted, false);
        assertThat(left).isNotDone();
        hear(Map.of());
        runAll(submitted);
        assertThat(left).isDone();
    }

    /** One who has lost the monitor says no more. */
    @Test
    void theMonitorIsLetGoAtOnceWhereSomebodyElseDrives() {
        assertThat(toldToLeaveInAPause(new ArrayDeque<>(), true)).isDone();
    }

    private CompletableFuture<Void> toldToLeaveInAPause(Queue<Runnable> submitted, boolean atOnce) {
        LaneHost host = comeBackToAPausedGuest(submitted);
        CompletableFuture<Void> left = new CompletableFuture<>();
        host.post(new LaneInput.Leave(left, atOnce));
        runAll(submitted);
        return left;
    }

    private LaneHost comeBackToAPausedGuest(Queue<Runnable> submitted) {
        LaneHost host = host(submitted::add);
        host.begin(List.of(pivotedAndPaused()));
        runAll(submitted);
        sink.accept(new QmpInput.Opened());
        hear(List.of(Samples.node(Samples.spec().nodeName())));
        hear(Map.of("status", "paused", "running", false));
        hear(List.of());
        return host;
    }

    private static CopyJob pivotedAndPaused() {
        CopyJob job = Samples.job(Destination.EXISTING, Wish.PIVOT);
        return job.with(job.facts()
                .with(Facts.STATE, JobState.CONCLUDED)
                .with(Facts.JOURNAL, JobState.CONCLUDED)
                .with(Facts.OUTCOME, Facts.Outcome.PIVOTED)
                .with(Facts.RESUME_DUE, true));
    }

    /** The answer to what was said last but for those that were answered. */
    private void hear(Object value) {
        answered++;
        String id = "id-" + answered;
        sink.accept(new QmpInput.Replied(id, said.get(answered - 1), new QmpReply.Success(id, value)));
    }

    private static void runAll(Queue<Runnable> submitted) {
        while (!submitted.isEmpty()) {
            submitted.remove().run();
        }
    }

    @Test
    void oneThreadAtATimeTakesWhatIsInTheQueue() {
        Queue<Runnable> submitted = new ArrayDeque<>();
        LaneHost host = host(submitted::add);
        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            answers.add(host.ask("nobody", Trigger.CANCEL, ""));
        }
        assertThat(submitted).hasSize(1);
        submitted.remove().run();
        assertThat(answers.stream().filter(CompletableFuture::isDone)).hasSize(64);
        assertThat(submitted).hasSize(1);
        submitted.remove().run();
        assertThat(answers).allMatch(CompletableFuture::isDone);
        assertThat(submitted).isEmpty();
    }
}
