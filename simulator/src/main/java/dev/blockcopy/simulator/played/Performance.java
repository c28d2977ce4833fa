package dev.blockcopy.simulator.played;

import dev.blockcopy.engine.CopyJob;
import dev.blockcopy.engine.JobExecutor;
import dev.blockcopy.engine.JobStore;
import dev.blockcopy.engine.Journal;
import dev.blockcopy.engine.JournalLine;
import dev.blockcopy.engine.LaneInHand;
import dev.blockcopy.engine.Progress;
import dev.blockcopy.engine.image.SystemFileCalls;
import dev.blockcopy.model.Valuation;
import dev.blockcopy.model.lifecycle.Decision;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.Trigger;
import dev.blockcopy.simulator.world.Deed;
import dev.blockcopy.simulator.world.Deed.Kind;
import dev.blockcopy.simulator.world.Script;
import dev.blockcopy.simulator.world.Standing;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The steps of a script, one after the other, each made to happen.
 *
 * <p>The lane is asked to hear what the script says that it hears, and calls back at each decision and each commit. What
 * the script lets happen between those, a crash among it, happens within that call; so no thread is needed to be in the
 * middle of the lane's work.
 */
final class Performance {
    /** The manager is dead: whatever it was in the middle of ends here. */
    private static final class Dead extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** The script is over: what the lane would do next is not asked for. */
    private static final class Over extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** As {@link DivergedException}, through the calls of the lane. */
    private static final class Astray extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Astray(String message) {
            super(message);
        }
    }

    private static final LaneInHand.Host HOST = new LaneInHand.Host(new SystemFileCalls(), Optional.empty(), "");
    private static final int LOOKS_MAX = 3;

    private final Script script;
    private final CopyJob begun;
    private final LateStore journal;
    private final JobStore store;
    private final JobExecutor executor;
    private final PlayedQemu qemu;
    private final Consumer<String> told;
    private LaneInHand lane;
    private Valuation facts;
    private int next;
    private Standing last;
    private boolean isToRunAfterCommit;
    private int lanes;

    Performance(
            Script script,
            CopyJob begun,
            LateStore journal,
            JobStore store,
            JobExecutor executor,
            PlayedQemu qemu,
            Consumer<String> told) {
        this.script = script;
        this.begun = begun;
        this.journal = journal;
        this.store = store;
        this.executor = executor;
        this.qemu = qemu;
        this.told = told;
        this.facts = begun.facts();
        this.last = script.beginning();
    }

    /** What the manager knows of its job. */
    Valuation facts() {
        return facts;
    }

    void run() throws DivergedException {
        try {
            while (next < script.deeds().size()) {
                try {
                    Deed deed = script.deeds().get(next);
                    if (deed.isOfManager()) {
                        hear(deed);
                    } else {
                        happen();
                    }
                } catch (Dead dead) {
                    lane = null;
                    qemu.cut();
                    journal.forget();
                    facts = store.find(begun.id()).orElseThrow().facts();
                }
            }
        } catch (Over over) {
            // All that was asked for has happened.
        } catch (Astray astray) {
            throw new DivergedException(astray.getMessage());
        }
    }

    private Deed take() {
        Deed deed = script.deeds().get(next++);
        told.accept(String.format("%4d  %s", next, deed.text()));
        return deed;
    }

    private Optional<Deed> ahead() {
        return next < script.deeds().size() ? Optional.of(script.deeds().get(next)) : Optional.empty();
    }

    private static Astray astray(Deed deed, String what) {
        return new Astray(deed.text() + ": " + what);
    }

    // ---- what others do

    private void happen() {
        Deed deed = take();
        Standing before = last;
        last = deed.after();
        try {
            happen(deed, before);
        } catch (DivergedException e) {
            throw astray(deed, e.getMessage());
        }
    }

    private void happen(Deed deed, Standing before) throws DivergedException {
        switch (deed.kind()) {
            case ANSWERS -> {
                qemu.answer(deed.effect());
                followJob(before, deed.after());
            }
            case JOB_STEP -> followJob(before, deed.after());
            case REOPEN_STEP -> qemu.reopen(deed.step());
            case DROPS_COMMANDS -> qemu.dropCommands();
            case GUEST_WRITES -> qemu.guestWrites();
            case MANAGER_DIES -> throw new Dead();
            case CUT -> qemu.cut();
            case QEMU_DIES -> qemu.die();
            case IO_ERROR -> qemu.strike("on=write,do=fail,errno=EIO");
            case DESTINATION_UNOPENED -> qemu.strike("on=reopen-destination,do=fail");
            case SOURCE_UNOPENED -> qemu.strike("on=reopen-source,do=fail");
            case OTHERS_RESUME -> qemu.othersResume();
            case OTHERS_STOP -> qemu.othersStop();
            default -> throw new DivergedException("nobody can make this happen here");
        }
    }

    private void followJob(Standing before, Standing after) throws DivergedException {
        if (before.destinationLacks() && !after.destinationLacks()) {
            qemu.carryOver();
        }
        qemu.align(after);
    }

    // ---- what the manager does

    private void hear(Deed deed) {
        int before = next;
        switch (deed.kind()) {
            case DROPS_REPLY -> qemu.nextReply().ifPresent(this::hearDropped);
            case DROPS_NEWS -> dropNews();
            case LISTENS_NO_MORE -> {
                take();
                qemu.hushed();
            }
            case WRITES_DOWN -> {
                take();
                journal.writeDown();
            }
            case HEARS -> hearTrigger(deed);
            default -> throw astray(deed, "nothing is decided that could be performed");
        }
        if (next == before && deed.isIdle()) {
            last = take().after();
        } else if (next == before) {
            throw astray(deed, "the engine does not hear that; it stands in " + facts.get(Facts.STATE));
        }
    }

    private void hearDropped(String line) {
        take();
        lane.hear(line);
    }

    private void dropNews() {
        for (Optional<String> line = qemu.nextEvent(); line.isPresent(); line = qemu.nextEvent()) {
            lane.hear(line.get());
            if (qemu.isNews(line.get())) {
                take();
                return;
            }
        }
    }

    private void hearTrigger(Deed deed) {
        Trigger trigger = deed.trigger();
        int before = next;
        switch (trigger.kind()) {
            case REQUEST -> request(trigger);
            case MONITOR -> monitor(trigger);
            case NEWS -> news(trigger, before);
            case ANSWER -> hear(qemu::nextReply);
        }
    }

    private void request(Trigger trigger) {
        if (trigger != Trigger.START) {
            lane.ask(begun.id(), trigger);
            return;
        }
        lane = newLane();
        qemu.greeting(lane::dial);
        hear(qemu::nextReply);
        lane.begin(begun);
    }

    private LaneInHand newLane() {
        return new LaneInHand("lane-" + ++lanes, new Committing(), this::decide, HOST, qemu);
    }

    private void monitor(Trigger trigger) {
        if (trigger == Trigger.MONITOR_LOST) {
            lane.hearEnd();
            return;
        }
        if (lane == null) {
            lane = newLane();
            qemu.greeting(() -> lane.adopt(store.find(begun.id()).orElseThrow()));
        } else {
            qemu.greeting(lane::dial);
        }
        hear(qemu::nextReply);
    }

    /** Line by line, until one of them lets the manager decide. */
    private void hear(Supplier<Optional<String>> lines) {
        int before = next;
        for (Optional<String> line = lines.get(); line.isPresent(); line = lines.get()) {
            lane.hear(line.get());
            if (next != before) {
                return;
            }
        }
    }

    /** QEMU of 2012 has no word for ready: its job is looked at. */
    private void news(Trigger trigger, int before) {
        if (trigger == Trigger.DEADLINE) {
            lane.pauseIsOver();
            return;
        }
        hear(qemu::nextEvent);
        for (int look = 0; look < LOOKS_MAX && next == before && trigger == Trigger.READY; look++) {
            qemu.promptly(lane::lookAtProgress).ifPresent(lane::hear);
        }
    }

    /** The lane is about to decide: first happens what comes before it. */
    private Decision decide(Valuation job, Trigger trigger) {
        facts = job;
        for (Deed deed = awaited(); deed.kind() != Kind.HEARS || deed.trigger() != trigger; deed = awaited()) {
            if (deed.isOfManager()) {
                Decision decision = executor.decide(job, trigger);
                if (decision instanceof Decision.Ignored) {
                    return decision;
                }
                throw astray(deed, "instead the engine hears " + trigger + " in " + job.get(Facts.STATE));
            }
            happen();
        }
        Deed heard = take();
        last = heard.after();
        Decision decision = executor.decide(job, trigger);
        if (decision instanceof Decision.Step step) {
            decided(heard, step);
        }
        return decision;
    }

    private void decided(Deed heard, Decision.Step step) {
        facts = step.after();
        if (facts.get(Facts.STATE) != heard.after().state()) {
            throw astray(heard, "the engine is " + facts.get(Facts.STATE) + " then");
        }
        step.effect().ifPresent(qemu::performs);
        isToRunAfterCommit = heard.isPending() && step.isDurable();
        if (heard.isPending() && !step.isDurable()) {
            untilPerformed();
        }
    }

    private Deed awaited() {
        return ahead().orElseThrow(Over::new);
    }

    /** An effect is decided: until the script performs it, others act, and the manager may die. */
    private void untilPerformed() {
        for (Deed deed = awaited(); deed.kind() != Kind.PERFORMS; deed = awaited()) {
            if (deed.kind() == Kind.WRITES_DOWN) {
                take();
                journal.writeDown();
            } else {
                happen();
            }
        }
        last = take().after();
    }

    /** The journal, and what the script lets happen after a commit. */
    private final class Committing implements Journal {
        @Override
        public void insert(CopyJob job, JournalLine line) {
            journal.insert(job, line);
        }

        @Override
        public void save(CopyJob job, List<JournalLine> lines) {
            journal.save(job, lines);
            if (isToRunAfterCommit) {
                isToRunAfterCommit = false;
                untilPerformed();
            }
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
