package dev.blockcopy.engine;

import dev.blockcopy.engine.qmp.QmpInput;
import dev.blockcopy.model.lifecycle.CopyEffect;
import dev.blockcopy.model.lifecycle.Decision;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.Trigger;
import dev.blockcopy.model.qmp.QmpReply;
import dev.blockcopy.model.qmp.QmpSyntaxException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * All jobs of one monitor, driven one input at a time.
 *
 * <p>The duties of each step, in this order: the step is made durable, the caller is answered, the effect is performed.
 * A crash may lose or repeat an effect but never forget an intention. A step that can't be made durable stops the lane:
 * whether it was written is not known, and only what is known may be acted upon.
 *
 * <p>No threads, no sockets and no clock in here: {@link LaneHost} brings them, a simulation brings its own.
 */
final class Lane {
    private static final String NO_FILES = "the session ends for the sake of one that takes open files along";

    private final LanePorts ports;
    private final LaneListener listener;
    private final Map<String, LiveJob> jobs = new LinkedHashMap<>();
    private final Deque<LaneInput> inner = new ArrayDeque<>();
    private final Tidings tidings;
    /** Those that wait for a session that is under way. */
    private final Deque<LaneInput.Begin> begun = new ArrayDeque<>();

    private final LaneSession session;
    private final LaneEffects effects;
    private final ProgressWatch progress;
    private final SharedPause pause = new SharedPause(jobs.values());
    private final Foresight foresight;

    Lane(LanePorts ports, LaneListener listener) {
        this.ports = ports;
        this.listener = listener;
        this.tidings = new Tidings(ports.log(), listener);
        this.session = new LaneSession(ports, listener);
        this.progress = new ProgressWatch(ports, session, listener);
        this.effects = new LaneEffects(ports, session, inner, pause);
        this.foresight = new Foresight(ports, effects, pause);
    }

    /** Takes one input, and whatever follows from it at once. */
    void take(LaneInput input) {
        inner.add(input);
        while (!inner.isEmpty()) {
            dispatch(inner.remove());
        }
        tidings.tellAll();
        jobs.values().forEach(live -> foresight.from(live, jobs.size() == 1));
    }

    /** What there is to tell of the steps so far. */
    Tidings tidings() {
        return tidings;
    }

    /** The pause that its jobs need of their guest. */
    SharedPause pause() {
        return pause;
    }

    private void dispatch(LaneInput input) {
        if (input instanceof LaneInput.FromMonitor from) {
            fromMonitor(from);
        } else if (input instanceof LaneInput.Dial) {
            dial();
        } else if (input instanceof LaneInput.Asked asked) {
            asked(asked);
        } else if (input instanceof LaneInput.Adopt adopt) {
            adopt(adopt.job());
        } else if (input instanceof LaneInput.Begin begin) {
            begin(begin);
        } else if (input instanceof LaneInput.Query query) {
            session.query(query);
        } else if (input instanceof LaneInput.Done done) {
            answered(done);
        } else if (input instanceof LaneInput.Due due) {
            due(due);
        } else if (input instanceof LaneInput.PauseIsOver over) {
            pauseIsOver(over);
        } else if (input instanceof LaneInput.LookAtProgress) {
            session.greetAgain(List.copyOf(jobs.values()));
            progress.look(jobs.values());
        } else if (input instanceof LaneInput.Leave leave) {
            abandon("the monitor was let go");
            leave.left().complete(null);
        }
    }

    // ---- the monitor

    private void dial() {
        boolean forFiles = jobs.values().stream().anyMatch(LiveJob::takesWitness)
                || begun.stream().anyMatch(begin -> begin.job().spec().dialect().takesWitness());
        LaneSession.Dialled dialled = session.dial(forFiles);
        if (dialled == LaneSession.Dialled.NOBODY_LISTENS) {
            List.copyOf(jobs.values()).forEach(this::nobodyListens);
        }
        if (dialled != LaneSession.Dialled.UNDER_WAY) {
            noSession();
        }
    }

    /** Only where no image of a job can be in use its QEMU is gone; else nothing is known of it. */
    private void nobodyListens(LiveJob live) {
        Optional<String> doubt = ports.files().mayBeInUse(live.job());
        if (doubt.isPresent()) {
            listener.trouble("nobody listens on the monitor, but " + doubt.get());
        } else {
            feed(live, live.absence(Trigger.QEMU_GONE));
        }
    }

    private void noSession() {
        begun.forEach(Lane::refuse);
        begun.clear();
        if (!jobs.isEmpty()) {
            session.dialLater();
        }
    }

    private static void refuse(LaneInput.Begin begin) {
        begin.answer().complete(new Answer(Answer.Kind.REFUSED, "the monitor was lost: try again"));
    }

    /** It was begun before it was known what all jobs need. */
    private void opened() {
        if (jobs.values().stream().allMatch(this::isFitFor)) {
            session.opened(List.copyOf(jobs.values()));
            inner.addAll(begun);
            begun.clear();
        } else {
            session.close();
            dial();
        }
    }

    private void fromMonitor(LaneInput.FromMonitor from) {
        if (!session.isCurrent(from.session())) {
            return;
        }
        QmpInput input = from.input();
        if (input instanceof QmpInput.Replied replied) {
            try {
                replied(replied.id(), replied.reply());
            } catch (QmpSyntaxException e) {
                lost(e.getMessage());
            }
        } else if (input instanceof QmpInput.Happened happened) {
            pause.news(happened.event(), online()).forEach((live, trigger) -> feed(live, Sighting.of(trigger)));
        } else if (input instanceof QmpInput.TimedOut timedOut) {
            lost("no answer to " + timedOut.command().execute() + " in time, so its outcome is not known");
        } else if (input instanceof QmpInput.Opened) {
            opened();
        } else if (input instanceof QmpInput.Lost gone) {
            lost(gone.why());
        }
    }

    /** What is told before a job's handshake is complete is older than the look that follows the handshake. */
    private List<LiveJob> online() {
        return jobs.values().stream()
                .filter(live -> live.job().facts().get(Facts.ONLINE))
                .toList();
    }

    private void replied(String id, QmpReply reply) {
        Optional<Map<LiveJob, Sighting>> met = session.handshake(id, reply);
        if (met.isPresent()) {
            met.get().forEach((live, sighting) -> live.atHome = sighting.trigger() == Trigger.CONNECTED);
            met.get().forEach(this::feed);
            if (session.away().isEmpty()) {
                listener.connected();
            } else {
                listener.trouble(session.away());
            }
            return;
        }
        if (session.answerQuery(id, reply)) {
            return;
        }
        if (progress.take(id, reply, jobs.values())) {
            progress.caughtUp().stream()
                    .filter(online()::contains)
                    .forEach(live -> feed(live, Sighting.of(Trigger.READY)));
            return;
        }
        if (pause.isOthers(id, ports)) {
            online().forEach(live -> feed(live, SharedPause.OTHERS_FIRST));
        }
        for (LiveJob live : List.copyOf(jobs.values())) {
            if (live.take(id, reply) && live.isAnswered()) {
                CopyEffect effect = live.awaited();
                Speech speech = live.spec().dialect().speech();
                speech.answer(effect, live, live.replies(), progress.smallBacklogBytes(live))
                        .ifPresentOrElse(
                                sighting ->
                                        answered(new LaneInput.Done(live.job().id(), effect, sighting)),
                                () -> effects.goOn(live));
                return;
            }
        }
    }

    private void lost(String why) {
        if (!session.isOpen()) {
            session.close();
            listener.notServed(why);
            noSession();
            return;
        }
        ports.log().info("monitor lost: {}", why);
        listener.trouble("monitor lost: " + why);
        session.lost(why);
        pause.loseSession();
        for (LiveJob live : List.copyOf(jobs.values())) {
            live.loseSession();
            feed(live, Sighting.of(Trigger.MONITOR_LOST));
        }
        noSession();
    }

    // ---- jobs

    private void adopt(CopyJob job) {
        if (!jobs.containsKey(job.id()) && !job.hasEnded()) {
            LiveJob live = new LiveJob(job.restored());
            live.hasMissedNews = true;
            jobs.put(job.id(), live);
            if (job.facts().get(Facts.RESUME_DUE)) {
                Timing.adopted(live, ports.journal().journalOf(job.id()), ports.now(), ports.nanoTime());
            }
            if (session.isOpen() && isFitFor(live)) {
                session.greet(List.of(live));
                return;
            }
            if (session.isOpen()) {
                lost(NO_FILES);
            }
            inner.add(new LaneInput.Dial());
        }
    }

    /** A session is begun before it is known what QEMU speaks, and that most need no library for open files. */
    private boolean isFitFor(LiveJob live) {
        return session.carriesFiles() || !live.takesWitness();
    }

    private void begin(LaneInput.Begin begin) {
        CopyJob job = begin.job();
        LiveJob live = new LiveJob(job.with(job.findings().withQemuSocket(session.socket())));
        if (session.isOpen() && !isFitFor(live)) {
            lost(NO_FILES);
            begun.add(begin);
            dial();
            return;
        }
        if (!session.isOpen()) {
            if (session.isUnderWay()) {
                begun.add(begin);
            } else {
                refuse(begin);
            }
            return;
        }
        try {
            ports.journal().insert(live.job(), Lines.first(ports.now(), live.job()));
        } catch (IllegalArgumentException taken) {
            begin.answer().complete(new Answer(Answer.Kind.REFUSED, taken.getMessage()));
            return;
        } catch (RuntimeException e) {
            begin.answer().completeExceptionally(e);
            throw e;
        }
        jobs.put(live.job().id(), live);
        listener.moved(live.job(), live.progress);
        begin.answer().complete(Answer.ACCEPTED);
        feed(live, Sighting.of(Trigger.START));
    }

    private void asked(LaneInput.Asked asked) {
        LiveJob live = jobs.get(asked.jobId());
        if (live == null) {
            asked.answer().complete(new Answer(Answer.Kind.REFUSED, "the job has already ended"));
            return;
        }
        // What went wrong before is no news of what is asked for now.
        feed(live, new Sighting(asked.request(), findings -> findings.withError(""), asked.said()), asked.answer());
        if (session.isOpen()
                && !live.job().facts().get(Facts.ONLINE)
                && !live.job().hasEnded()) {
            // It was in another QEMU's session and had nothing to do there; now it has something to be told.
            session.greet(List.of(live));
        }
    }

    private void answered(LaneInput.Done done) {
        LiveJob live = jobs.get(done.jobId());
        if (live != null && live.awaited() == done.effect()) {
            Timing.answered(live, done.effect(), done.sighting().trigger(), ports.nanoTime());
            live.awaitNothing();
            feed(live, done.sighting());
        }
    }

    private void due(LaneInput.Due due) {
        LiveJob live = jobs.get(due.jobId());
        if (live != null && live.steps() == due.step() && live.awaited() == due.effect()) {
            effects.performNow(due.effect(), live);
        }
    }

    private void pauseIsOver(LaneInput.PauseIsOver over) {
        LiveJob live = jobs.get(over.jobId());
        if (live != null && live.pauses == over.pause()) {
            feed(live, Sighting.withError(Trigger.DEADLINE, Timing.tooLong(live)));
        }
    }

    private void feed(LiveJob live, Sighting sighting) {
        feed(live, sighting, new CompletableFuture<>());
    }

    /** The one way in which a job moves: decision, durable, answer, effect. */
    private void feed(LiveJob live, Sighting sighting, CompletableFuture<Answer> answer) {
        Decision decision = ports.executor().decide(pause.seenBy(live), sighting.trigger());
        if (decision instanceof Decision.Step step) {
            take(step, live, sighting, answer);
        } else if (decision instanceof Decision.Refused refused) {
            answer.complete(new Answer(Answer.Kind.REFUSED, refused.refusal().text()));
        } else if (decision instanceof Decision.Ignored ignored) {
            ports.log()
                    .debug(
                            "{}: {} ignored in {}: {}",
                            live.job().id(),
                            sighting.trigger(),
                            live.job().state(),
                            ignored.because());
            answer.complete(new Answer(Answer.Kind.ALREADY, ignored.because()));
        } else if (decision instanceof Decision.Impossible impossible) {
            distrust(live, sighting.trigger(), impossible.because());
            answer.complete(new Answer(Answer.Kind.REFUSED, impossible.because()));
        }
    }

    private void take(Decision.Step step, LiveJob live, Sighting sighting, CompletableFuture<Answer> answer) {
        Timing.stepped(live, step, ports.nanoTime());
        Findings found = sighting.found().apply(live.job().findings());
        Findings findings =
                effects.witnessKept(live, step, Timing.noted(live, pause.joined(live, step.after(), found)));
        live.moveTo(live.job().with(step.after()).with(findings), Lines.of(ports.now(), step, sighting.said()));
        if (step.isDurable()) {
            step.effect().ifPresent(effect -> effects.anticipate(effect, live));
            ports.journal().save(live.job(), live.unwritten());
            live.written();
        }
        CopyJob job = live.job();
        tidings.of(step, job, live.progress, answer);
        if (step.effect().isPresent()) {
            effects.perform(step.effect().get(), live, step.trigger());
        } else if (step.before().get(Facts.STATE) != job.state()) {
            live.awaitNothing();
        }
        if (job.hasEnded()) {
            jobs.remove(job.id());
        }
    }

    /** What we believe is wrong: nothing is guessed, the session is closed and evidence collected anew. */
    private void distrust(LiveJob live, Trigger trigger, String because) {
        String text =
                live.job().id() + ": " + trigger + " came in " + live.job().state() + ", but " + because;
        ports.log().error("{}", text);
        session.countDistrust(text);
        if (session.isOpen()) {
            lost(text);
        }
    }

    /** Lets go of the monitor without another word to any job; whoever waits for an answer hears why there is none. */
    void abandon(String why) {
        inner.stream().filter(LaneInput.Begin.class::isInstance).forEach(begin -> begun.add((LaneInput.Begin) begin));
        inner.clear();
        begun.forEach(begin -> begin.answer().complete(new Answer(Answer.Kind.REFUSED, why)));
        begun.clear();
        session.lost(why);
    }
}
