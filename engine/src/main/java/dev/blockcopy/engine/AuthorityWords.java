package dev.blockcopy.engine;

import dev.blockcopy.engine.Authority.Verdict;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.JobState;
import dev.blockcopy.model.lifecycle.Trigger;
import dev.blockcopy.model.qmp.BlockInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** Evidence and advice about the disk of one job, line by line. Only commands that do something are advised. */
final class AuthorityWords {
    private final CopyJob job;
    private final UnaryOperator<String> command;
    private final List<String> evidence = new ArrayList<>();
    private final List<String> advice = new ArrayList<>();

    AuthorityWords(CopyJob job, UnaryOperator<String> command) {
        this.job = job;
        this.command = command;
    }

    List<String> evidence() {
        return evidence;
    }

    List<String> advice() {
        return advice;
    }

    /** The image that a verdict names; none for none. */
    String fileOf(Verdict verdict) {
        return switch (verdict) {
            case SOURCE -> job.spec().source().file();
            case DESTINATION -> job.spec().destination().path().toString();
            case UNKNOWN -> "";
        };
    }

    private String source() {
        return fileOf(Verdict.SOURCE);
    }

    private String destination() {
        return fileOf(Verdict.DESTINATION);
    }

    private static Verdict other(Verdict verdict) {
        return verdict == Verdict.SOURCE ? Verdict.DESTINATION : Verdict.SOURCE;
    }

    private static String word(Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT);
    }

    private String command(String words) {
        return "'" + command.apply(words) + "'";
    }

    void isOn(BlockInfo row, Trigger stand, boolean isOnTop) {
        boolean isSame = GraphEvidence.isBackend(row, job.spec().backend());
        String node = row.inserted().nodeName();
        String below = switch (stand) {
            case ON_SOURCE -> ", on top of the source " + source();
            case ON_DESTINATION -> ", on top of the destination " + destination();
            default -> "";
        };
        evidence.add("QEMU has it "
                + (isSame ? "" : "as disk '" + Disk.nameOf(row) + "' ")
                + "on "
                + (node == null ? "" : "node " + node + ", ")
                + "file " + row.inserted().file()
                + (isOnTop ? "" : below));
    }

    void hasNoSuchDisk(QemuSeen qemu) {
        List<String> names = Disk.namesOf(qemu.disks());
        evidence.add("the QEMU that answers on " + qemu.monitor() + " has no disk '"
                + job.spec().disk()
                + "', and none on either image, so this is what the journal says"
                + (names.isEmpty() ? "" : "; it has " + String.join(", ", names)));
    }

    void hasNoImage() {
        evidence.add("QEMU has no image in it");
        if (job.phase() == JobState.HOSED) {
            advice.add("the guest is kept paused: open " + source() + " by hand, or end QEMU");
        }
    }

    void isAnotherQemu(QemuSeen qemu) {
        evidence.add("the QEMU that answers on " + qemu.monitor()
                + " shows nothing of the job: it was started since, or is another one");
    }

    /** QEMU had been started on a stale image, and somebody began to copy that. */
    void beganOnAStaleImage(CopyJob earlier) {
        String right = earlier.spec().destination().path().toString();
        evidence.add(source() + " WAS STALE when the job began: job " + earlier.id() + " had moved this disk to "
                + right + ", and what the guest had written there is in no image of the later job");
        advice.add("keep " + right + " too, unless somebody went back to " + source() + " on purpose");
    }

    /** Who said it and why; nothing else is known. */
    void restsOnAWord(JournalLine said, Verdict kept) {
        evidence.add("it was in doubt, and rests on this word alone: " + said.because());
        advice.add("keep " + fileOf(other(kept)) + " too: if that word was wrong, the newest writes are there");
    }

    void wasMovedBySomebody() {
        evidence.add("it is the QEMU in which the job ran, so somebody has moved the disk since");
    }

    /** A disk in a QEMU that was started since, on the image that the journal does not name. */
    void runsOnTheWrongOne(Verdict word, BlockInfo row, JobOfDisk.Proof proof) {
        String wrong = row.inserted().file();
        String right = fileOf(word);
        evidence.add(
                word == Verdict.DESTINATION
                        ? wrong + " IS STALE: it lacks all that the guest has written since the pivot to " + right
                        : wrong + " is not the disk, but "
                                + Words.of(job.facts().get(Facts.COPY))
                                + ": it lacks what the guest has written to " + right + " since it was made");
        if (proof == JobOfDisk.Proof.IMAGE) {
            evidence.add("the job ran on another monitor, " + job.spec().monitor()
                    + ", so this may be another domain, with a disk of its own");
        }
        advice.add("STOP THE QEMU THAT ANSWERS NOW, and start it on " + right + ", unless it is "
                + (word == Verdict.DESTINATION
                        ? "another domain, and " + wrong + " was given to it on purpose"
                        : "a clone, a domain of its own on the copy"));
        advice.add("mend the configuration that names " + wrong + " for this disk");
        advice.add("delete neither image: what this QEMU has written to " + wrong
                + " meanwhile is nowhere else, and what becomes of it is for a person to decide");
    }

    /** QEMU runs on what is right. */
    void adviseRunning(Verdict verdict, String image, boolean isOnTop, QemuSeen qemu) {
        if (job.hasEnded() || Settling.isPlace(job.phase())) {
            advice.add("QEMU runs on " + image + ": nothing is to be done; when it has ended, start it on that again");
        } else {
            adviseToGoOn(qemu);
            advice.add("QEMU runs on " + image + ": start no other on that");
        }
        if (!isOnTop) {
            keepWhatIsBelow(verdict, image);
        }
        adviseOnTheOther(verdict);
    }

    /** What the other image is. */
    private void adviseOnTheOther(Verdict verdict) {
        advice.add(
                verdict == Verdict.SOURCE
                        ? "the destination " + destination() + " is "
                                + Words.of(job.facts().get(Facts.COPY))
                        : "the source " + source()
                                + " is as it was at the pivot, and stale: start nothing on it for this disk");
    }

    /** What was seen on top of the disk's image, when there was a QEMU to ask. */
    void wasOnTop(Overlay overlay) {
        String now = switch (overlay.condition()) {
            case NONE, NEWEST -> "";
            case OLDER -> ", and that was written later: it was committed, or that was under way";
            case GONE -> ", and it is not there any more: it was committed, or what it held is lost";
            case HIDDEN -> ", and can't be looked at from here";
        };
        if (overlay.condition() != Overlay.Condition.NONE) {
            evidence.add("when QEMU was last asked it had " + overlay.file() + " on top of " + overlay.base() + now);
        }
    }

    /** A QEMU that was started since runs on the image alone. */
    void runsBelow(Overlay overlay) {
        wasOnTop(overlay);
        advice.add("STOP THE QEMU THAT ANSWERS NOW, and start it on " + overlay.file()
                + ", unless that was committed into " + overlay.base()
                + " before: else what the guest had written there is missing");
        advice.add("delete neither; if it was committed, put " + overlay.file() + " elsewhere, and ask again");
    }

    /** The image below was written last. */
    void adviseOnWhatIsOlder(Overlay overlay) {
        advice.add("start no QEMU, and delete neither: whoever put " + overlay.file() + " on top of " + overlay.base()
                + " knows whether it was committed to the end; if so, boot " + overlay.base() + ", else "
                + overlay.file());
        advice.add("if it was, put " + overlay.file() + " elsewhere, and ask again");
    }

    /** QEMU does not answer, or has the disk no more. */
    void adviseStart(Verdict verdict, Overlay overlay, boolean isOpen) {
        if (isOpen) {
            advice.add(
                    "an image may be open in a process, most likely QEMU: until that has ended, start no other on either");
            adviseOtherMonitor();
        }
        advice.add((isOpen ? "then boot " : "boot ")
                + (job.hasEnded() ? overlay.newest() : fileOf(verdict))
                + (job.hasEnded()
                        ? ", unless somebody has put another image on top of it since (a snapshot), which blockcopy can't know;"
                                + " then boot that: it has the newest writes"
                        : ""));
        if (overlay.holdsTheDisk()) {
            keepWhatIsBelow(verdict, overlay.file());
        }
        adviseOnTheOther(verdict);
    }

    private void keepWhatIsBelow(Verdict verdict, String onTop) {
        advice.add("keep " + fileOf(verdict) + " too: somebody has put " + onTop
                + " on top of it, which is of no use without it");
    }

    private void adviseOtherMonitor() {
        if (job.hasEnded()) {
            advice.add("if QEMU has another monitor, ask again with that: "
                    + command("authority --qmp SOCK --disk " + job.spec().disk()));
        } else {
            advice.add("if QEMU has another monitor, go on with that: " + command("recover " + job.id() + " --qmp SOCK")
                    + (job.facts().get(Facts.RESUME_DUE) ? "; its guest is paused by blockcopy until then" : ""));
            advice.add("if not, end that QEMU (fuser names its process), then ask again: "
                    + command("authority --qmp " + job.spec().monitor() + " --disk "
                            + job.spec().disk()));
        }
    }

    void adviseEither() {
        advice.add("boot " + source() + ", and keep the other until it runs");
        if (job.phase() == JobState.IN_DOUBT) {
            advice.add(command("resolve " + job.id() + " --keep source --because \"both are the same\"")
                    + " ends the job");
        }
    }

    /** No QEMU answers that would tell. */
    void adviseInDoubt(boolean isOpen) {
        deleteNeither();
        if (isOpen) {
            adviseOtherMonitor();
        }
        adviseOnDoubt();
    }

    void adviseUnknown(QemuSeen qemu) {
        deleteNeither();
        if (job.hasEnded()) {
            advice.add(command("status " + job.id())
                    + " tells how the job has ended; what became of the disk since is not its doing: whoever moved it"
                    + " knows whether all of it was taken along");
        } else if (job.phase() != JobState.IN_DOUBT) {
            adviseToGoOn(qemu);
        }
        adviseOnDoubt();
    }

    private void adviseToGoOn(QemuSeen qemu) {
        boolean isAway = !SameFile.is(qemu.monitor(), job.spec().monitor());
        advice.add(command("recover " + job.id() + (isAway ? " --qmp " + qemu.monitor() : "")) + " goes on with the job"
                + (job.facts().get(Facts.RESUME_DUE) ? ", and lets the guest go, which blockcopy has paused" : ""));
    }

    private void deleteNeither() {
        advice.add("delete neither image and start no other QEMU on either");
    }

    /** Evidence may come back with the QEMU in which the job ran, or with a person; with nothing else. */
    private void adviseOnDoubt() {
        if (job.phase() == JobState.IN_DOUBT) {
            advice.add("if the QEMU in which the job ran still lives and has another monitor: "
                    + command("recover " + job.id() + " --qmp SOCK"));
            advice.add("if you know more: "
                    + command("resolve " + job.id() + " --keep source|destination --because TEXT"));
        }
    }

    void adviseToAskAgain(Verdict word) {
        if (word == Verdict.UNKNOWN) {
            deleteNeither();
        }
        advice.add("another process drives the job: " + command("status " + job.id())
                + " tells how far it is; ask again when it has ended");
    }
}
