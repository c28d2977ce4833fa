package dev.blockcopy.engine;

import dev.blockcopy.engine.Authority.Verdict;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.Trigger;
import dev.blockcopy.model.qmp.BlockInfo;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Which image is the disk of one job, as its facts and what QEMU shows tell it.
 *
 * <p>In the QEMU that the job ran in, what the disk stands on is the answer, and the journal must agree: where it does
 * not, somebody has moved the disk since, and nobody here knows what of it he took along (the destination's node apart:
 * only a pivot of the job leads there).
 *
 * <p>What another QEMU runs on proves nothing but how that one was configured. So there the journal's word stands, for it
 * names the image that had every write while the job's own QEMU lived; a QEMU that was started on the other image since
 * runs on a stale one, or it is a clone, which is no disk of this domain. Where the job is known by its images alone, the
 * domain may be another, and then a contradiction makes the answer unknown.
 */
final class AuthorityAnswer {
    private final CopyJob job;
    private final JobOfDisk.Proof proof;
    private final Overlay overlay;
    private final AuthorityWords words;
    private Optional<String> onTop = Optional.empty();

    AuthorityAnswer(CopyJob job, JobOfDisk.Proof proof, UnaryOperator<String> command) {
        this.job = job;
        this.proof = proof;
        this.overlay = Overlay.of(job);
        this.words = new AuthorityWords(job, command);
    }

    AuthorityWords words() {
        return words;
    }

    /** What QEMU has on top of the image that is named, or an empty name for nothing; empty if that was not told. */
    Optional<String> onTop() {
        return onTop;
    }

    /** With a QEMU that answers. */
    Authority alive(QemuSeen qemu) {
        Optional<BlockInfo> row = qemu.diskOf(job);
        if (row.isEmpty()) {
            words.hasNoSuchDisk(qemu);
            return dead(false);
        }
        if (row.get().inserted() == null) {
            words.hasNoImage();
            return job.hasEnded() ? dead(false) : unknown(qemu);
        }
        Trigger stand = qemu.standsOn(job, row.get());
        boolean isOnTop =
                FileEvidence.ofAnyName(job.spec(), row.get().inserted().file()) == stand;
        words.isOn(row.get(), stand, isOnTop);
        return qemu.isThatOf(job)
                ? inItsOwn(qemu, row.get(), stand, isOnTop)
                : inAnother(qemu, row.get(), stand, isOnTop);
    }

    private Authority inItsOwn(QemuSeen qemu, BlockInfo row, Trigger stand, boolean isOnTop) {
        Verdict told = verdictOf(stand);
        boolean maySwitch = told == Verdict.SOURCE && mayStillSwitch();
        boolean isAsTold = !job.hasEnded() || told == journal();
        boolean isOnOurNode = told == Verdict.DESTINATION && qemu.showsNodeOf(job.spec());
        if (told == Verdict.UNKNOWN || !isAsTold && !isOnOurNode) {
            words.wasMovedBySomebody();
            return unknown(qemu);
        }
        return maySwitch ? unknown(qemu) : running(told, qemu, row, isOnTop);
    }

    private Authority inAnother(QemuSeen qemu, BlockInfo row, Trigger stand, boolean isOnTop) {
        Verdict runsOn = verdictOf(stand);
        Verdict word = journal();
        words.isAnotherQemu(qemu);
        if (runsOn == Verdict.UNKNOWN || word == Verdict.UNKNOWN) {
            return unknown(qemu);
        }
        if (runsOn == word && isOnTop && mayHoldMore()) {
            words.runsBelow(overlay);
            return of(Verdict.UNKNOWN);
        }
        if (runsOn == word) {
            return running(word, qemu, row, isOnTop);
        }
        words.runsOnTheWrongOne(word, row, proof);
        return of(proof == JobOfDisk.Proof.NAME ? word : Verdict.UNKNOWN);
    }

    /** Something was on top of the image, and is there still. */
    private boolean mayHoldMore() {
        return overlay.holdsTheDisk() || overlay.condition() == Overlay.Condition.OLDER;
    }

    private static Verdict verdictOf(Trigger stand) {
        return switch (stand) {
            case ON_SOURCE -> Verdict.SOURCE;
            case ON_DESTINATION -> Verdict.DESTINATION;
            default -> Verdict.UNKNOWN;
        };
    }

    private boolean mayStillSwitch() {
        return !job.hasEnded() && job.facts().get(Facts.SWITCH_TOLD);
    }

    /** What the journal alone says. */
    private Verdict journal() {
        return switch (job.phase()) {
            case PIVOTED -> Verdict.DESTINATION;
            case CANCELLED, FAILED, HOSED -> Verdict.SOURCE;
            case CONCLUDED ->
                job.facts().get(Facts.OUTCOME) == Facts.Outcome.PIVOTED ? Verdict.DESTINATION : Verdict.SOURCE;
            case IN_DOUBT -> Verdict.UNKNOWN;
            default -> mayStillSwitch() ? Verdict.UNKNOWN : Verdict.SOURCE;
        };
    }

    /**
     * What is known of a disk whose QEMU is dead, or not to be asked.
     *
     * @param isOpen whether some process may have one of the images open all the same
     */
    Authority dead(boolean isOpen) {
        Verdict word = journal();
        if (word == Verdict.UNKNOWN) {
            words.adviseInDoubt(isOpen);
            return of(word);
        }
        words.wasOnTop(overlay);
        if (overlay.condition() == Overlay.Condition.OLDER) {
            words.adviseOnWhatIsOlder(overlay);
            return of(Verdict.UNKNOWN);
        }
        words.adviseStart(word, overlay, isOpen);
        return new Authority(word, overlay.newest(), words.evidence(), words.advice());
    }

    private Authority of(Verdict verdict) {
        return new Authority(verdict, words.fileOf(verdict), words.evidence(), words.advice());
    }

    /** Another process drives the monitor. */
    Authority driven() {
        Verdict word = journal();
        words.adviseToAskAgain(word);
        return of(word);
    }

    /** Both images hold the same. */
    Authority equal() {
        words.adviseEither();
        return of(Verdict.SOURCE);
    }

    private Authority running(Verdict verdict, QemuSeen qemu, BlockInfo row, boolean isOnTop) {
        String image = isOnTop ? words.fileOf(verdict) : row.inserted().file();
        onTop = Optional.of(isOnTop ? "" : image);
        words.adviseRunning(verdict, image, isOnTop, qemu);
        return new Authority(verdict, image, words.evidence(), words.advice());
    }

    private Authority unknown(QemuSeen qemu) {
        words.adviseUnknown(qemu);
        return of(Verdict.UNKNOWN);
    }
}
