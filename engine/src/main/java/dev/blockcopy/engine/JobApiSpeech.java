package dev.blockcopy.engine;

import dev.blockcopy.model.lifecycle.CopyEffect;
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

    @Override
    public Sighting answer(CopyEffect effect, LiveJob live, List<QmpReply> replies, long smallBacklogBytes) {
        return new Answers(live.spec(), smallBacklogBytes).of(effect, replies);
    }

    @Override
    public Optional<Trigger> news(QmpEvent event, LiveJob live) {
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
