package dev.blockcopy.simulator.crash;

import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.JobState;
import dev.blockcopy.model.lifecycle.Trigger;
import dev.blockcopy.qemufake.Dialect;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * What a trial is about: told by its random numbers alone. Immutable.
 *
 * @param dialect what QEMU speaks
 * @param wish what the job is to do by itself when it is ready
 * @param requests what is asked of it later, in this order
 * @param pause whether the guest is paused around a pivot
 * @param witness whether a reopen may have a witness
 * @param pendingFirst whether the pivot is finalized by hand
 * @param writeBlocking whether the guest's writes wait for both images
 * @param destination where that comes from
 * @param faults what goes wrong in QEMU, rules of the fake
 * @param cuts how often the connection is cut
 * @param isSlow whether QEMU keeps silent for longer than anybody waits, now and then
 * @param blows who dies when
 * @param another who comes after a QEMU that has died
 */
record Scene(
        Dialect dialect,
        Facts.Wish wish,
        List<Trigger> requests,
        boolean pause,
        boolean witness,
        boolean pendingFirst,
        boolean writeBlocking,
        Facts.Destination destination,
        List<String> faults,
        int cuts,
        boolean isSlow,
        List<Blow> blows,
        Another another) {
    private static final List<String> NOTHING = List.of();

    private static final List<List<String>> OF_ALL = List.of(
            List.of("on=flush,do=fail,errno=EIO"),
            List.of("on=write,nth=2,do=fail,errno=EIO"),
            List.of("on=write,phase=ready,do=fail,errno=ENOSPC"),
            List.of("on=read,do=fail,errno=EIO"),
            List.of("on=write,nth=2,do=die"),
            List.of("on=moment,phase=ready,do=intrude,execute=job-cancel"));

    private static final String PIVOT = "on=command,name=job-complete/block-job-complete";
    private static final List<List<String>> OF_A_COMPLETION = List.of(
            List.of(PIVOT + ",do=error"),
            List.of(PIVOT + ",do=cut-before"),
            List.of(PIVOT + ",do=cut-after"),
            List.of("on=completion,do=fail"),
            List.of("on=completion,do=fail-switched,errno=EINVAL"),
            List.of("on=completion,do=die"),
            List.of("on=completion,do=die-after"));

    private static final String REOPEN = "on=command,name=drive-reopen/__com.redhat_drive-reopen/transaction";
    private static final String UNOPENED = "on=reopen-destination,do=fail";
    private static final List<List<String>> OF_A_REOPEN = List.of(
            List.of(REOPEN + ",do=error"),
            List.of(REOPEN + ",do=cut-before"),
            List.of(REOPEN + ",do=cut-after"),
            List.of("on=witness,do=fail"),
            List.of("on=witness,do=die"),
            List.of("on=witness,do=die-after"),
            List.of(UNOPENED),
            List.of(UNOPENED, "on=reopen-source,do=fail"),
            List.of("on=reopen-destination,do=die"),
            List.of("on=reopen-destination,do=die-after"),
            List.of(UNOPENED, "on=reopen-source,do=die"),
            List.of(UNOPENED, "on=reopen-source,do=die-after"));

    private static final int BLOWS_MAX = 4;
    private static final int INSTANTS = 40;
    private static final int OFTEN = 5;

    Scene {
        requests = List.copyOf(requests);
        faults = List.copyOf(faults);
        blows = List.copyOf(blows);
    }

    /**
     * The scene of a trial.
     *
     * @param others what other people do
     */
    static Scene of(List<Dialect> dialects, SplittableRandom random, SplittableRandom others) {
        Dialect dialect = one(dialects, random);
        boolean isJobApi = dialect == Dialect.QEMU_7_2;
        boolean pause = !isOnce(5, random);
        boolean isPendingFirst = isJobApi && pause && isOnce(4, random);
        Facts.Wish wish = wish(random);
        List<Trigger> requests = requests(wish, random);
        return new Scene(
                dialect,
                wish,
                requests,
                pause,
                !isJobApi && !isOnce(4, random),
                isPendingFirst,
                isJobApi && isOnce(4, random),
                destination(isJobApi, random),
                faults(dialect, pause, random),
                isOnce(3, random) ? random.nextInt(1, 3) : 0,
                isOnce(12, random),
                blows(phases(wish, requests, isPendingFirst), random),
                isJobApi ? Another.of(others) : Another.NONE);
    }

    private static <T> T one(List<T> of, SplittableRandom random) {
        return of.get(random.nextInt(of.size()));
    }

    private static boolean isOnce(int in, SplittableRandom random) {
        return random.nextInt(in) == 0;
    }

    private static Facts.Wish wish(SplittableRandom random) {
        return switch (random.nextInt(8)) {
            case 0 -> Facts.Wish.FINISH;
            case 1, 2 -> Facts.Wish.STAY;
            default -> Facts.Wish.PIVOT;
        };
    }

    private static List<Trigger> requests(Facts.Wish wish, SplittableRandom random) {
        List<Trigger> ends = List.of(
                Trigger.PIVOT, Trigger.PIVOT, Trigger.CANCEL, Trigger.CANCEL_IF_READY, Trigger.FORCE, Trigger.FORCE);
        List<Trigger> requests = new ArrayList<>();
        int count = wish == Facts.Wish.STAY ? random.nextInt(1, 3) : random.nextInt(8) == 0 ? 1 : 0;
        for (int i = 0; i < count; i++) {
            requests.add(one(ends, random));
        }
        return requests;
    }

    private static Facts.Destination destination(boolean isJobApi, SplittableRandom random) {
        return switch (random.nextInt(isJobApi ? 4 : 3)) {
            case 0 -> Facts.Destination.EXISTING;
            case 3 -> Facts.Destination.NEW_QCOW2;
            default -> Facts.Destination.NEW_RAW;
        };
    }

    /** A mirror that dies unseen before a reopen is what a pause is for: without one, that is the stated price. */
    private static List<String> faults(Dialect dialect, boolean pause, SplittableRandom random) {
        boolean isReopening = isReopening(dialect);
        return switch (random.nextInt(6)) {
            case 0 -> isReopening && !pause ? NOTHING : one(OF_ALL, random);
            case 1, 2, 3 -> one(isReopening ? OF_A_REOPEN : OF_A_COMPLETION, random);
            default -> NOTHING;
        };
    }

    /** The first falls somewhere on the way, each further one soon after the one before or somewhere later. */
    private static List<Blow> blows(List<JobState> phases, SplittableRandom random) {
        List<Blow> blows = new ArrayList<>();
        int count = random.nextInt(1, BLOWS_MAX + 1);
        for (int i = 0; i < count; i++) {
            boolean isSoon = i > 0 && random.nextInt(3) > 0;
            JobState phase = isSoon ? JobState.REQUESTED : one(phases, random);
            blows.add(new Blow(phase, random.nextInt(1, INSTANTS + 1), one(List.of(Death.values()), random)));
        }
        return blows;
    }

    private static List<JobState> phases(Facts.Wish wish, List<Trigger> requests, boolean isPendingFirst) {
        List<JobState> phases = new ArrayList<>(List.of(
                JobState.REQUESTED,
                JobState.STARTING,
                JobState.STREAMING,
                JobState.MIRRORING,
                JobState.CONCLUDED,
                JobState.CONCLUDED));
        boolean isPivoted = wish == Facts.Wish.PIVOT || requests.contains(Trigger.PIVOT);
        phases.addAll(Collections.nCopies(isPivoted ? OFTEN : 0, JobState.PIVOTING));
        phases.addAll(Collections.nCopies(isPivoted && isPendingFirst ? 2 : 0, JobState.CONVERGING));
        boolean isEnded = wish == Facts.Wish.FINISH || requests.contains(Trigger.CANCEL);
        phases.addAll(Collections.nCopies(isEnded ? OFTEN : 0, JobState.CANCELLING));
        phases.addAll(Collections.nCopies(requests.contains(Trigger.FORCE) ? OFTEN : 0, JobState.FORCING));
        return phases;
    }

    private static boolean isReopening(Dialect dialect) {
        return switch (dialect) {
            case ATOMIC, PROPOSAL_2012, RHEL6 -> true;
            case QEMU_7_2, QEMU_1_3 -> false;
        };
    }

    boolean isReopening() {
        return isReopening(dialect);
    }

    boolean isJobApi() {
        return dialect == Dialect.QEMU_7_2;
    }

    /** How the engine calls what QEMU speaks. */
    dev.blockcopy.engine.Dialect spoken() {
        return switch (dialect) {
            case QEMU_7_2 -> dev.blockcopy.engine.Dialect.JOB_API;
            case QEMU_1_3 -> dev.blockcopy.engine.Dialect.DRIVE_MIRROR;
            case ATOMIC -> dev.blockcopy.engine.Dialect.TRANSACTION_REOPEN;
            case PROPOSAL_2012 -> dev.blockcopy.engine.Dialect.DRIVE_REOPEN;
            case RHEL6 -> dev.blockcopy.engine.Dialect.RED_HAT;
        };
    }

    Facts.Switch switching() {
        return switch (dialect) {
            case QEMU_7_2 -> pendingFirst ? Facts.Switch.FINALIZE : Facts.Switch.COMPLETE;
            case QEMU_1_3 -> Facts.Switch.COMPLETE;
            case ATOMIC -> Facts.Switch.TRANSACTION_REOPEN;
            case PROPOSAL_2012, RHEL6 -> Facts.Switch.REOPEN;
        };
    }

    @Override
    public String toString() {
        String how = (pause ? "" : ", no pause")
                + (isReopening() && !witness ? ", no witness" : "")
                + (pendingFirst ? ", pending first" : "")
                + (writeBlocking ? ", write-blocking" : "");
        String asked = requests.isEmpty() ? "" : ", then " + requests;
        String wrong = faults.isEmpty() ? "" : ", with " + String.join(" and ", faults);
        return dialect.wire() + ", to " + wish + asked + how + ", " + destination + wrong
                + (cuts > 0 ? ", cut " + cuts + " times" : "") + (isSlow ? ", slow" : "") + ", "
                + blows.stream().map(Blow::toString).collect(Collectors.joining(", ")) + another;
    }
}
