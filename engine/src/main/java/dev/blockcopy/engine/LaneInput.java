package dev.blockcopy.engine;

import dev.blockcopy.engine.qmp.QmpInput;
import dev.blockcopy.model.lifecycle.CopyEffect;
import dev.blockcopy.model.lifecycle.Trigger;
import dev.blockcopy.model.qmp.QmpCommand;
import dev.blockcopy.model.qmp.QmpReply;
import java.util.concurrent.CompletableFuture;

/** What a lane takes off its queue, one at a time. */
sealed interface LaneInput {
    /** Something arrived from a session of the monitor; of an old one it is dropped. */
    record FromMonitor(long session, QmpInput input) implements LaneInput {}

    /** Try to get a session. */
    record Dial() implements LaneInput {}

    /** Somebody wants something of a job, and may have said why. */
    record Asked(String jobId, Trigger request, String said, CompletableFuture<Answer> answer) implements LaneInput {
        Asked(String jobId, Trigger request, String said) {
            this(jobId, request, said, new CompletableFuture<>());
        }
    }

    /** A job that was found in the store is to be driven from now on. */
    record Adopt(CopyJob job) implements LaneInput {}

    /** A new job, checked and resolved. */
    record Begin(CopyJob job, CompletableFuture<Answer> answer) implements LaneInput {
        Begin(CopyJob job) {
            this(job, new CompletableFuture<>());
        }
    }

    /** A question to QEMU that has nothing to do with any job's state. */
    record Query(QmpCommand command, CompletableFuture<QmpReply> reply) implements LaneInput {}

    /** An effect was answered; only the answer to the last one counts. */
    record Done(String jobId, CopyEffect effect, Sighting sighting) implements LaneInput {}

    /** An effect that was put off is due, unless the job has moved on since. */
    record Due(String jobId, CopyEffect effect, long step) implements LaneInput {}

    /** The guest has been paused for as long as it may be, unless that pause is over. */
    record PauseIsOver(String jobId, long pause) implements LaneInput {}

    /** Time to look how far the jobs are. */
    record LookAtProgress() implements LaneInput {}

    /** Time to tell what was kept back. */
    record Tell() implements LaneInput {}

    /** Let go of the monitor and stop: at once, or when the guest that the lane has paused runs. */
    record Leave(CompletableFuture<Void> left, boolean atOnce) implements LaneInput {}
}
