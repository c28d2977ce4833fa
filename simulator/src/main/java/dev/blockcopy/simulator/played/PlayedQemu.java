package dev.blockcopy.simulator.played;

import dev.blockcopy.engine.LaneInHand;
import dev.blockcopy.model.lifecycle.CopyEffect;
import dev.blockcopy.model.qmp.JobStatus;
import dev.blockcopy.model.qmp.QmpCodec;
import dev.blockcopy.model.qmp.QmpEvent;
import dev.blockcopy.model.qmp.QmpMessage;
import dev.blockcopy.model.qmp.QmpSyntaxException;
import dev.blockcopy.model.qmp.RunState;
import dev.blockcopy.qemufake.Dialect;
import dev.blockcopy.qemufake.Driver;
import dev.blockcopy.qemufake.FaultRule;
import dev.blockcopy.qemufake.JobPlaces;
import dev.blockcopy.qemufake.JobStep;
import dev.blockcopy.qemufake.QemuMove;
import dev.blockcopy.qemufake.ReopenStep;
import dev.blockcopy.qemufake.server.FakeQemu;
import dev.blockcopy.qemufake.server.InProcessQemu;
import dev.blockcopy.simulator.world.Standing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The fake QEMU and the wire to it, in the hands of a player: no line goes over, and nothing moves in QEMU, but when the
 * player says so.
 *
 * <p>Replies keep their order, and so do events; which of both comes first is the player's choice, as on a real monitor.
 */
final class PlayedQemu implements LaneInHand.Wire {
    static final String DRIVE = "drive0";
    static final String NODE = "disk0";
    private static final int STEPS_MAX = 10_000;

    /** A line on its way to QEMU, and the effect and the turn that it belongs to. */
    private record Sent(CopyEffect effect, int turn, String line) {}

    private final InProcessQemu qemu;
    private final boolean isJobApi;
    private final String job;
    private final Consumer<String> told;
    private final Deque<Sent> commands = new ArrayDeque<>();
    private final Deque<String> replies = new ArrayDeque<>();
    private final Deque<String> events = new ArrayDeque<>();
    private final Deque<String> negotiation = new ArrayDeque<>();
    private boolean isUp;
    private boolean isDead;
    private boolean isPrompt;
    private CopyEffect performed;
    private int turn;
    private boolean isCancelSent;
    private boolean isPivotEarly;
    private boolean isPausedByOthers;
    private boolean areOthersLetGo;

    PlayedQemu(Dialect dialect, Path source, String job, Consumer<String> told) {
        this.isJobApi = dialect == Dialect.QEMU_7_2;
        this.job = isJobApi ? job : DRIVE;
        this.told = told;
        qemu = FakeQemu.builder()
                .dialect(dialect)
                .drive(DRIVE, isJobApi ? NODE : null, source.toString(), Driver.RAW, false)
                .guest(1)
                .inProcess();
    }

    // ---- the wire, as the lane uses it

    @Override
    public boolean connect() {
        if (isDead) {
            return false;
        }
        qemu.disconnect();
        hushed();
        negotiation.clear();
        qemu.connect();
        isUp = true;
        isPrompt = true;
        negotiation.add(qemu.receive().stripTrailing());
        return true;
    }

    @Override
    public Optional<String> negotiated() {
        return Optional.ofNullable(negotiation.poll());
    }

    @Override
    public void attach(Path file) {
        throw new UnsupportedOperationException("here are only bytes, and no witness is made: " + file);
    }

    @Override
    public void write(String line) {
        if (!isUp) {
            return;
        }
        if (line.contains("qmp_capabilities")) {
            qemu.send(line + "\n");
            qemu.make(new QemuMove.Execute(0));
            negotiation.add(qemu.receive().stripTrailing());
        } else if (isPrompt || performed == CopyEffect.WITHDRAW_WITNESS) {
            carryOut(line); // The world takes a witness back in one step.
        } else {
            told.accept("> " + line);
            note(performed);
            commands.add(new Sent(performed, turn, line));
        }
    }

    private void note(CopyEffect sent) {
        switch (sent) {
            case CANCEL_SOFTLY, CANCEL_BY_FORCE -> isCancelSent = true;
            case COMPLETE, REOPEN -> isPivotEarly |= isCancelSent || status() == JobStatus.RUNNING;
            default -> {
                // Nothing that a pivot could come too early for.
            }
        }
    }

    @Override
    public void close() {
        isUp = false;
    }

    /** From now on what is written belongs to this effect; what a lane asks of a new session comes before it. */
    void performs(CopyEffect effect) {
        isPrompt = false;
        performed = effect;
        turn++;
    }

    /** A session begins: what the lane asks meanwhile is carried out at once, and its replies are to be heard. */
    void greeting(Runnable beginning) {
        isPrompt = true;
        beginning.run();
        isPrompt = false;
    }

    /** What the lane asks meanwhile is answered at once, ahead of all replies that are still to be heard. */
    Optional<String> promptly(Runnable question) {
        int waiting = replies.size();
        greeting(question);
        return replies.size() > waiting ? Optional.of(replies.removeLast()) : Optional.empty();
    }

    // ---- what the player has happen

    /** Carries out what was sent for an effect, in one turn. */
    void answer(CopyEffect effect) {
        Optional<Sent> first = Optional.ofNullable(commands.peek());
        first.filter(sent -> sent.effect() == effect).ifPresent(sent -> {
            while (!commands.isEmpty() && commands.peek().turn() == sent.turn()) {
                carryOut(commands.remove().line());
            }
        });
    }

    private void carryOut(String line) {
        areOthersLetGo |= isPausedByOthers && line.contains("\"cont\"");
        qemu.send(line + "\n");
        make(new QemuMove.Execute(0));
    }

    private void make(QemuMove move) {
        qemu.make(move);
        collect();
    }

    private void collect() {
        qemu.receive().lines().forEach(line -> {
            if (isUp) {
                (message(line) instanceof QmpEvent ? events : replies).add(line);
            }
        });
    }

    private static QmpMessage message(String line) {
        try {
            return QmpCodec.decode(line);
        } catch (QmpSyntaxException e) {
            throw new IllegalStateException("the fake says " + line, e);
        }
    }

    void dropCommands() {
        commands.clear();
    }

    /** Whatever the manager has not read is lost. */
    void hushed() {
        replies.clear();
        events.clear();
    }

    void cut() {
        hushed();
        isUp = false;
    }

    void die() {
        cut();
        commands.clear();
        isDead = true;
        qemu.close();
    }

    /** The job does what it does by itself, until it stands like this and has carried over what it is to. */
    void align(Standing wanted) throws DivergedException {
        for (int i = 0; i < STEPS_MAX && !isDead && status() != wanted.status(); i++) {
            step(move -> move instanceof QemuMove.JobMove, "the job becomes " + wanted.status());
        }
    }

    /** Everything that is to be copied is copied. */
    void carryOver() throws DivergedException {
        List<JobStep> copying = List.of(JobStep.START, JobStep.SEND, JobStep.COPY);
        Predicate<QemuMove> isCopying = move -> move instanceof QemuMove.JobMove of && copying.contains(of.step());
        while (qemu.moves().stream().anyMatch(isCopying)) {
            step(isCopying, "the job copies");
        }
    }

    void reopen(ReopenStep wanted) throws DivergedException {
        for (int i = 0; i < STEPS_MAX; i++) {
            Optional<QemuMove> next = first(move -> move instanceof QemuMove.ReopenMove of && of.step() == wanted);
            if (next.isPresent()) {
                make(next.get());
                return;
            }
            step(move -> move instanceof QemuMove.JobMove, "the reopen comes to " + wanted);
        }
    }

    private Optional<QemuMove> first(Predicate<QemuMove> wanted) {
        return qemu.moves().stream().filter(wanted).findFirst();
    }

    private void step(Predicate<QemuMove> wanted, String what) throws DivergedException {
        Optional<QemuMove> next = first(wanted);
        if (next.isPresent()) {
            make(next.get());
        } else if (!qemu.sleep()) {
            throw new DivergedException("nothing in the fake makes that " + what + "; it may " + qemu.moves());
        }
    }

    /** Something goes wrong, by a rule of the fake, in the place of what would have happened. */
    void strike(String rule) throws DivergedException {
        qemu.inject(FaultRule.parse(rule));
        for (int i = 0; i < STEPS_MAX; i++) {
            Optional<QemuMove> strike = first(QemuMove.Strike.class::isInstance);
            if (strike.isPresent()) {
                make(strike.get());
                return;
            }
            step(move -> move instanceof QemuMove.JobMove, rule + " strikes");
        }
    }

    /** Its owner pauses the guest. */
    void pause() {
        qemu.connect();
        for (String line : List.of("{\"execute\":\"qmp_capabilities\"}", "{\"execute\":\"stop\"}")) {
            carryOut(line);
        }
        qemu.disconnect();
    }

    void othersResume() throws DivergedException {
        strike("on=moment,run-state=paused,do=intrude,execute=cont");
        isPausedByOthers = false;
    }

    void othersStop() throws DivergedException {
        strike("on=moment,run-state=running,do=intrude,execute=stop");
        isPausedByOthers = true;
    }

    void guestWrites() throws DivergedException {
        if (!qemu.guestWrites()) {
            throw new DivergedException("the guest can't write in the fake: it is "
                    + qemu.state().run() + " on "
                    + qemu.state().fileInUse(DRIVE).orElse("no image"));
        }
        collect();
    }

    // ---- what is heard

    /** The next reply, if there is one. */
    Optional<String> nextReply() {
        return heard(replies);
    }

    /** The next event, if there is one. */
    Optional<String> nextEvent() {
        return heard(events);
    }

    private Optional<String> heard(Deque<String> lines) {
        Optional<String> line = Optional.ofNullable(lines.poll());
        line.ifPresent(text -> told.accept("< " + text));
        return line;
    }

    /** Whether an event says anything to a manager. */
    boolean isNews(String line) {
        QmpEvent event = (QmpEvent) message(line);
        return switch (event.name()) {
            case "RESUME" -> true;
            case "JOB_STATUS_CHANGE" ->
                isJobApi
                        && List.of("ready", "concluded", "null")
                                .contains(String.valueOf(event.data().get("status")));
            case "BLOCK_JOB_READY", "BLOCK_JOB_COMPLETED", "BLOCK_JOB_CANCELLED" -> !isJobApi;
            default -> false;
        };
    }

    // ---- how it stands

    /** Whether a pivot was told of a job that was not ready, or while a cancel was under way. */
    boolean isPivotEarly() {
        return isPivotEarly;
    }

    /** Whether {@code cont} was told of a guest that somebody else had paused. */
    boolean areOthersLetGo() {
        return areOthersLetGo;
    }

    JobStatus status() {
        return isDead ? JobStatus.NULL : qemu.state().statusOf(job).orElse(JobStatus.NULL);
    }

    boolean isAlive() {
        return !isDead;
    }

    boolean isGuestRunning() {
        return !isDead && qemu.state().run() == RunState.RUNNING;
    }

    JobPlaces.Side guestOn(Path source) {
        if (isDead) {
            return JobPlaces.Side.NONE;
        }
        return qemu.state()
                .fileInUse(DRIVE)
                .map(file -> file.equals(source.toString()) ? JobPlaces.Side.SOURCE : JobPlaces.Side.TARGET)
                .orElse(JobPlaces.Side.NONE);
    }

    /** How many acknowledged writes an image lacks. */
    int lackingIn(Path image) throws IOException {
        return qemu.guest().lackingIn(image).size();
    }

    int acknowledged() {
        return qemu.guest().acknowledged().size();
    }

    /** The fake ends; what the images hold stays to be looked at. */
    void end() {
        if (!isDead) {
            qemu.close();
        }
    }
}
