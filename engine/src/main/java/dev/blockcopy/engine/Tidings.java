package dev.blockcopy.engine;

import dev.blockcopy.model.lifecycle.Decision;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.Trigger;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;

/**
 * Steps of jobs, for whoever asked for them and for whoever watches. Nobody asked for what comes of itself while a guest
 * waits: that is kept back until QEMU has heard what it is to do next, for to wake a watcher takes a part of the pause.
 */
final class Tidings {
    private final Logger log;
    private final LaneListener listener;
    private final Queue<Runnable> keptBack = new ArrayDeque<>();
    /** Whether nothing is told for now. */
    boolean areKeptBack;

    Tidings(Logger log, LaneListener listener) {
        this.log = log;
        this.listener = listener;
    }

    /** Tells of a step that has made the job what it is now, at once or with {@link #tellAll}. */
    void of(Decision.Step step, CopyJob job, Progress progress, CompletableFuture<Answer> answer) {
        keptBack.add(() -> tell(step, job, progress, answer));
        if (step.trigger().kind() == Trigger.Kind.REQUEST || !step.before().get(Facts.RESUME_DUE)) {
            tellAll();
        }
    }

    boolean areAny() {
        return !keptBack.isEmpty();
    }

    void tellAll() {
        while (!areKeptBack && !keptBack.isEmpty()) {
            keptBack.remove().run();
        }
    }

    private void tell(Decision.Step step, CopyJob job, Progress progress, CompletableFuture<Answer> answer) {
        log.info(
                "{}: {} on {} to {}: {}",
                job.id(),
                step.before().get(Facts.STATE),
                step.trigger(),
                job.state(),
                step.row().because());
        listener.moved(job, progress);
        answer.complete(Answer.ACCEPTED);
    }
}
