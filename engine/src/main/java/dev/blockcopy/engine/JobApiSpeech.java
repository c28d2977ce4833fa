package dev.blockcopy.engine;

import dev.blockcopy.model.lifecycle.CopyEffect;
import dev.blockcopy.model.lifecycle.Facts.End;
import dev.blockcopy.model.lifecycle.Trigger;
import dev.blockcopy.model.qmp.JobInfo;
import dev.blockcopy.model.qmp.QmpCommand;
import dev.blockcopy.model.qmp.QmpEvent;
import dev.blockcopy.model.qmp.QmpReply;
import java.util.List;
import java.util.Optional;

/** Jobs by id, that say ready and stay until they are dismissed. */
final class JobApiSpeech implements Speech {
    static final Speech SPEECH = new JobApiSpeech();

    private JobApiSpeech() {}

    @Override
    public List<QmpCommand> commands(CopyEffect effect, CopyJob job) {
        return Commands.of(effect, job);
    }

    /** Who is above whom is asked only where the root is neither of our two: it takes QEMU twice as long to tell. */
    @Override
    public QmpCommand further(CopyEffect effect) {
        return new QmpCommand.XDebugQueryBlockGraph();
    }

    @Override
    public Optional<Sighting> answer(CopyEffect effect, LiveJob live, List<QmpReply> replies, long smallBacklogBytes) {
        boolean isStopped = effect == CopyEffect.STOP && replies.get(0) instanceof QmpReply.Success;
        return isStopped
                ? Optional.of(Answers.stopped(live))
                : new Answers(live.spec(), smallBacklogBytes).of(effect, replies);
    }

    /**
     * A job that was heard to end well, in this session, is in the list as one that has: nothing changes that but a
     * dismissal, which tells less.
     */
    @Override
    public Optional<Sighting> known(CopyEffect effect, LiveJob live) {
        return effect == CopyEffect.LOOK_AT_JOBS && live.endHeard == End.CLEAN
                ? Optional.of(Sighting.of(Trigger.JOB_CLEAN))
                : Optional.empty();
    }

    @Override
    public Optional<Trigger> news(QmpEvent event, LiveJob live) {
        if (event.name().equals("BLOCK_JOB_COMPLETED")
                && live.spec().id().equals(event.data().get("device"))
                && !event.data().containsKey("error")) {
            live.hearEnd(End.CLEAN, "");
        }
        return News.of(event, live);
    }

    @Override
    public QmpCommand progressQuery() {
        return new QmpCommand.QueryJobs();
    }

    @Override
    public Optional<JobProgress> progress(Object value, LiveJob live) {
        return JobInfo.listFrom(value).stream()
                .filter(info -> info.id().equals(live.spec().id()))
                .findFirst()
                .map(info -> new JobProgress(info.currentProgress(), info.totalProgress(), true));
    }
}
