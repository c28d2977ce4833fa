package dev.blockcopy.engine;

import dev.blockcopy.model.lifecycle.CopyEffect;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.Facts.End;
import dev.blockcopy.model.lifecycle.Trigger;
import dev.blockcopy.model.qmp.QmpReply;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A job that a lane drives: what is remembered, and what is only under way. For the lane alone. */
final class LiveJob {
    private static final Map<Trigger, String> ABSENCES = Map.of(
            Trigger.QEMU_GONE,
            "QEMU is gone: it does not answer on its monitor any more",
            Trigger.ANOTHER_QEMU,
            "the QEMU on this monitor is another one, or was started anew");

    private final List<JournalLine> unwritten = new ArrayList<>();
    private final List<String> ids = new ArrayList<>();
    private final List<QmpReply> replies = new ArrayList<>();
    private CopyJob job;
    private CopyEffect awaited;
    private long steps;
    /** Whether the job lives in the QEMU of the last session, as far as is known. */
    boolean atHome = true;

    /** Whether events of the job may have been told while nobody listened. */
    boolean hasMissedNews;

    /** Whether the guest fell asleep since it was looked at last, by an event of this session. */
    boolean guestIsSuspended;

    /** When the look at the guest was sent, in this session. */
    Instant lookedAtGuest = Instant.MAX;

    /** How the job ended, by an event of this session. */
    End endHeard = End.NONE;

    String errorHeard = "";
    Progress progress = Progress.NONE;
    long progressAtNanos;
    long pivotSinceNanos;
    long pausedSinceNanos;
    long pauseEndsNanos;
    boolean isJoining;
    long pauses;
    long pauseNanos;
    long resumedAtNanos;
    long switchedAtNanos;

    LiveJob(CopyJob job) {
        this.job = job;
    }

    CopyJob job() {
        return job;
    }

    CopySpec spec() {
        return job.spec();
    }

    boolean takesWitness() {
        return spec().dialect().takesWitness();
    }

    /** Its QEMU is not there; that is why it ends, unless its outcome was known before. */
    Sighting absence(Trigger trigger) {
        boolean isDecided = job.facts().get(Facts.OUTCOME) != Facts.Outcome.NONE;
        return isDecided ? Sighting.of(trigger) : Sighting.withError(trigger, ABSENCES.get(trigger));
    }

    /** Its QEMU is there; that it was not found before is no error any more, and its guest is looked at again. */
    Sighting presence() {
        String error = job.findings().error();
        boolean isOver = ABSENCES.containsValue(error) || Answers.isOfTheMoment(error);
        return isOver ? Sighting.withError(Trigger.CONNECTED, "") : Sighting.of(Trigger.CONNECTED);
    }

    /** The only place at which a job moves. */
    void moveTo(CopyJob next, JournalLine line) {
        job = next;
        if (unwritten.isEmpty() || !line.repeats(unwritten.get(unwritten.size() - 1))) {
            unwritten.add(line);
        }
        steps++;
    }

    /** The way since the journal was last written. */
    List<JournalLine> unwritten() {
        return List.copyOf(unwritten);
    }

    void written() {
        unwritten.clear();
    }

    /** Counts the steps; what was put off for an older step is not due any more. */
    long steps() {
        return steps;
    }

    void hearEnd(End end, String error) {
        endHeard = end;
        errorHeard = error;
    }

    /** The session is lost, and with it whatever it owed, and what it told that is only of use as long as it lives. */
    void loseSession() {
        awaitNothing();
        hearEnd(End.NONE, "");
        hasMissedNews = true;
        lookedAtGuest = Instant.MAX;
    }

    /** From now on only the answer to this effect counts. */
    void await(CopyEffect effect) {
        awaited = effect;
        ids.clear();
        replies.clear();
    }

    void awaitNothing() {
        await(null);
    }

    CopyEffect awaited() {
        return awaited;
    }

    void expect(String id) {
        ids.add(id);
        replies.add(null);
    }

    /** Takes a reply to one of the commands of the awaited effect; any other is not ours. */
    boolean take(String id, QmpReply reply) {
        int index = ids.indexOf(id);
        if (index < 0) {
            return false;
        }
        replies.set(index, reply);
        return true;
    }

    boolean isAnswered() {
        return !replies.isEmpty() && replies.stream().noneMatch(reply -> reply == null);
    }

    List<QmpReply> replies() {
        return List.copyOf(replies);
    }
}
