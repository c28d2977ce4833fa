package dev.blockcopy.simulator.crash;

import dev.blockcopy.engine.CopyJob;
import dev.blockcopy.engine.CopySpec;
import dev.blockcopy.engine.Findings;
import dev.blockcopy.engine.JobExecutor;
import dev.blockcopy.engine.LaneInHand;
import dev.blockcopy.engine.image.FileCalls;
import dev.blockcopy.engine.image.ImageFormat;
import dev.blockcopy.model.Valuation;
import dev.blockcopy.model.lifecycle.Decision;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.JobState;
import dev.blockcopy.model.lifecycle.Trigger;
import dev.blockcopy.qemufake.MemoryFiles;
import dev.blockcopy.qemufake.QemuMove;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/**
 * One host: its files, a QEMU, a store, and a lane as long as a manager lives. Chance picks what happens next, a step at a
 * time; time goes on when nothing else can, and now and then before.
 */
final class World {
    static final String DIRECTORY = "/images";
    static final String SOURCE = DIRECTORY + "/source.raw";
    static final String DESTINATION = DIRECTORY + "/destination.img";
    static final String ID = "copy-simulated";
    static final int DISK_BYTES = 64 << 10;

    private static final Optional<Path> STORE = Optional.of(Path.of(DIRECTORY, "jobs.db"));
    private static final String NONCE = "0123456789ab";
    private static final int MAX_PAUSE_MILLIS = 10_000;
    private static final long MICROS_TO_LOOK = 100_000;
    private static final long SILENCE_MICROS = 31_000_000;
    private static final int SILENT_ONE_IN = 60;
    private static final int CUT_ONE_IN = 40;
    private static final int ASKED_ONE_IN = 25;
    private static final int ANOTHER_ONE_IN = 4;
    private static final int NANOS_PER_MICRO = 1000;

    /** What may happen, each as often as its weight says. */
    private enum Act {
        QEMU_MOVES(6),
        LINE(5),
        END(2),
        GUEST_WRITES(1),
        GUEST_FLUSHES(1),
        TIME(1);

        private final int weight;

        Act(int weight) {
            this.weight = weight;
        }
    }

    private static final List<Act> ACTS = List.of(Act.values());

    private final int[] ends = new int[ACTS.size()];
    private final Scene scene;
    private final SplittableRandom random;
    private final SplittableRandom others;
    private final Fate fate;
    private final Story story;
    private final JobExecutor executor;
    private final WatchedJournal journal;
    private final SimulatedQemu qemu;
    private final FileCalls host;
    private final Deque<Trigger> requests;
    private final List<String> oddities = new ArrayList<>();
    private LaneInHand lane;
    private Valuation facts;
    private int lanes;
    private int cutsLeft;
    private int boots;

    World(Scene scene, Make make, SplittableRandom random, SplittableRandom others, Fate fate, Story story) {
        this.scene = scene;
        this.random = random;
        this.others = others;
        this.fate = fate;
        this.story = story;
        this.executor = make.executor();
        this.journal = new WatchedJournal(make.journal(), fate, random, story, oddities);
        this.requests = new ArrayDeque<>(scene.requests());
        this.cutsLeft = scene.cuts();
        MemoryFiles files = make.files();
        files.create(SOURCE, DISK_BYTES);
        files.sync(SOURCE);
        if (scene.destination() == Facts.Destination.EXISTING) {
            files.create(DESTINATION, DISK_BYTES);
            files.sync(DESTINATION);
        }
        files.syncNames(DIRECTORY);
        this.qemu = new SimulatedQemu(scene, files, SOURCE, random, fate, story);
        this.host = make.calls().apply(new SimulatedHost(files, DIRECTORY, qemu::isOpen, fate));
    }

    SimulatedQemu qemu() {
        return qemu;
    }

    /** What should never have happened; empty in a good trial. */
    List<String> oddities() {
        return oddities;
    }

    // ---- managers come and go

    /** A manager comes, and begins the job. */
    void begin() {
        lane = newLane();
        lane.dial();
        while (!qemu.moves().isEmpty() || qemu.hasLine()) {
            if (qemu.hasLine()) {
                lane.hear(qemu.nextLine());
            } else {
                qemu.make(qemu.moves().get(0));
            }
        }
        CopyJob job = new CopyJob(spec(), intention(), Findings.NONE);
        facts = job.facts();
        lane.begin(job);
    }

    /** A manager comes after the last one has died. */
    void takeOver(CopyJob job) {
        story.tell("a new manager finds the job " + job.phase());
        facts = job.facts();
        lane = newLane();
        lane.adopt(job);
    }

    private LaneInHand newLane() {
        LaneInHand.Host here = new LaneInHand.Host(host, scene.witness() ? STORE : Optional.empty(), "boot-" + boots);
        return new LaneInHand("lane-" + ++lanes, journal, this::decide, here, qemu);
    }

    /** The host is started again. */
    void boot() {
        boots++;
    }

    void managerIsDead() {
        lane = null;
        qemu.close();
    }

    private Valuation intention() {
        return Facts.LAYOUT
                .initial()
                .with(Facts.WISH, scene.wish())
                .with(Facts.DESTINATION, scene.destination())
                .with(Facts.SWITCH, scene.switching())
                .with(Facts.PAUSE, scene.pause());
    }

    private CopySpec spec() {
        boolean isQcow2 = scene.destination() == Facts.Destination.NEW_QCOW2;
        int bufSize = scene.isJobApi() ? DISK_BYTES / 4 : -1;
        return new CopySpec(
                ID,
                NONCE,
                Path.of("/run/qmp"),
                SimulatedQemu.DRIVE,
                new CopySpec.Backend(SimulatedQemu.DRIVE, ""),
                new CopySpec.Source(SimulatedQemu.NODE, SOURCE, "raw", DISK_BYTES, List.of(Path.of(SOURCE)), ""),
                new CopySpec.Destination(
                        Path.of(DESTINATION), isQcow2 ? ImageFormat.QCOW2 : ImageFormat.RAW, false, "", ""),
                new CopySpec.Options(false, scene.writeBlocking(), -1, -1, bufSize, MAX_PAUSE_MILLIS),
                scene.spoken());
    }

    /** The lane decides: an instant, and the one before the effect where no commit lies between. */
    private Decision decide(Valuation job, Trigger trigger) {
        facts = job;
        fate.instant(() -> "hearing " + trigger);
        Decision decision = executor.decide(job, trigger);
        if (decision instanceof Decision.Step step) {
            facts = step.after();
            if (story.isTold()) {
                story.tell("  " + job.get(Facts.STATE) + " on " + trigger + " to " + facts.get(Facts.STATE)
                        + step.effect().map(effect -> ", " + effect).orElse("") + ": "
                        + step.row().because());
            }
            if (!step.isDurable() && step.effect().isPresent()) {
                fate.instant(() -> "before " + step.effect().get());
            }
        } else if (decision instanceof Decision.Impossible impossible) {
            oddities.add(trigger + " in " + job.get(Facts.STATE) + ", though " + impossible.because());
        }
        return decision;
    }

    // ---- one step

    /** One thing happens, by chance. */
    void step() {
        fate.instant(() -> "waiting in " + (facts == null ? JobState.REQUESTED : facts.get(Facts.STATE)));
        disturb();
        supervise();
        List<QemuMove> moves = qemu.moves();
        boolean isGuestReady = qemu.admitsGuest();
        int total = 0;
        for (Act act : ACTS) {
            total += isPossible(act, moves, isGuestReady) ? act.weight : 0;
            ends[act.ordinal()] = total;
        }
        int cast = random.nextInt(total);
        for (Act act : ACTS) {
            if (cast < ends[act.ordinal()]) {
                perform(act, moves);
                return;
            }
        }
    }

    private boolean isPossible(Act act, List<QemuMove> moves, boolean isGuestReady) {
        return switch (act) {
            case QEMU_MOVES -> !moves.isEmpty();
            case LINE -> lane != null && qemu.hasLine();
            case END -> lane != null && qemu.hasEnded();
            case GUEST_WRITES, GUEST_FLUSHES -> isGuestReady;
            case TIME -> moves.isEmpty() && !qemu.hasLine() && !qemu.hasEnded();
        };
    }

    private void perform(Act act, List<QemuMove> moves) {
        switch (act) {
            case QEMU_MOVES -> qemu.make(moves.get(random.nextInt(moves.size())));
            case LINE -> lane.hear(qemu.nextLine());
            case END -> {
                qemu.close();
                lane.hearEnd();
            }
            case GUEST_WRITES -> qemu.guestWrites();
            case GUEST_FLUSHES -> qemu.guestFlushes();
            case TIME -> pass(untilSomething());
        }
    }

    /** What others do now and then: whoever owns the job, the network, a QEMU that is stuck. */
    private void disturb() {
        if (lane == null) {
            return;
        }
        if (!requests.isEmpty() && random.nextInt(ASKED_ONE_IN) == 0) {
            Trigger request = requests.remove();
            story.tell("somebody asks to " + request);
            lane.ask(ID, request);
        } else if (cutsLeft > 0 && random.nextInt(CUT_ONE_IN) == 0) {
            cutsLeft--;
            qemu.cut();
        } else if (scene.isSlow() && random.nextInt(SILENT_ONE_IN) == 0) {
            story.tell("QEMU keeps silent for half a minute");
            pass(SILENCE_MICROS);
        }
    }

    /** Somebody starts another QEMU where there is none any more. */
    private void supervise() {
        boolean isDue = scene.another() != Another.NONE
                && !qemu.isAlive()
                && !qemu.isAnother()
                && journal.isToldToQemu()
                && others.nextInt(ANOTHER_ONE_IN) == 0;
        if (isDue) {
            qemu.startAnother(scene.another() == Another.ON_SOURCE ? SOURCE : DESTINATION, others.nextBoolean());
        }
    }

    private long untilSomething() {
        long micros = MICROS_TO_LOOK;
        OptionalLong wakes = qemu.wakesAtMicros();
        if (wakes.isPresent()) {
            micros = Math.min(micros, wakes.getAsLong() - qemu.nowMicros());
        }
        OptionalLong left = lane == null ? OptionalLong.empty() : lane.nanosLeft();
        return left.isPresent() ? Math.min(micros, left.getAsLong() / NANOS_PER_MICRO + 1) : micros;
    }

    private void pass(long micros) {
        qemu.pass(micros);
        if (lane != null) {
            lane.elapse(micros * NANOS_PER_MICRO);
            lane.lookAtProgress();
        }
    }

    // ---- how it stands

    /** Nothing more comes of it by itself: it has ended, only a person can help, or it mirrors on as it is to. */
    boolean isAtRest() {
        if (!journal.isBegun() || journal.hasEnded()) {
            return true;
        }
        boolean isQuiet = !qemu.hasLine() && !qemu.hasEnded() && qemu.moves().isEmpty();
        return switch (facts.get(Facts.STATE)) {
            case IN_DOUBT -> isQuiet && (!qemu.isAlive() || facts.get(Facts.ONLINE) || qemu.isAnother() && qemu.isUp());
            case MIRRORING ->
                isQuiet && requests.isEmpty() && facts.get(Facts.ONLINE) && facts.get(Facts.WISH) == Facts.Wish.STAY;
            default -> false;
        };
    }
}
