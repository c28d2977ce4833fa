package dev.blockcopy.engine;

import dev.blockcopy.engine.Authority.Verdict;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.JobState;
import dev.blockcopy.model.qmp.BlockInfo;
import java.util.List;
import java.util.Optional;

/** Which image is the disk of one job, as its facts and what QEMU shows tell it; evidence and advice are added line by line. */
final class AuthorityAnswer {
    private final CopyJob job;
    private final List<String> evidence;
    private final List<String> advice;

    AuthorityAnswer(CopyJob job, List<String> evidence, List<String> advice) {
        this.job = job;
        this.evidence = evidence;
        this.advice = advice;
    }

    /** The row of {@code query-block} that is the job's disk. */
    static Optional<BlockInfo> rowOf(CopyJob job, List<BlockInfo> rows) {
        return rows.stream()
                .filter(each -> GraphEvidence.isBackend(each, job.spec().backend()))
                .findFirst();
    }

    /** What a QEMU that lives shows of the disk. */
    Authority alive(BlockInfo row) {
        if (row.inserted() == null) {
            evidence.add("QEMU has no image in it");
            return job.phase() == JobState.HOSED ? source() : unknown();
        }
        String node = row.inserted().nodeName();
        String file = row.inserted().file();
        evidence.add("QEMU has it on " + (node == null ? "" : "node " + node + ", ") + "file " + file);
        if (!job.spec().dialect().isJobApi()) {
            return aliveByFile(file);
        }
        if (node.equals(job.spec().nodeName())) {
            return destination();
        }
        if (node.equals(job.spec().source().nodeName()) && !file.equals(destinationFile())) {
            return mayStillSwitch() ? unknown() : source();
        }
        return byFileOfAnother(file);
    }

    private Authority aliveByFile(String file) {
        return switch (FileEvidence.ofFile(job.spec(), file)) {
            case ON_DESTINATION -> destination();
            case ON_SOURCE -> mayStillSwitch() ? unknown() : source();
            default -> byFileOfAnother(file);
        };
    }

    /** Another QEMU than the job's, or a disk that somebody changed since: only the name of the file is left. */
    private Authority byFileOfAnother(String file) {
        evidence.add("neither node is one of the job's: QEMU was started anew, or somebody changed the disk");
        if (job.phase() == JobState.PIVOTED && file.equals(destinationFile())) {
            return destination();
        }
        boolean endedOnSource = job.phase() == JobState.CANCELLED || job.phase() == JobState.FAILED;
        return endedOnSource && file.equals(job.spec().source().file()) ? source() : unknown();
    }

    private boolean mayStillSwitch() {
        return !job.hasEnded() && job.facts().get(Facts.SWITCH_TOLD);
    }

    private String destinationFile() {
        return job.spec().destination().path().toString();
    }

    /** What is known of a disk whose QEMU is dead, or not to be asked. */
    Authority byJournal() {
        return switch (job.phase()) {
            case PIVOTED -> destination();
            case CANCELLED, FAILED, HOSED -> source();
            case CONCLUDED -> job.facts().get(Facts.OUTCOME) == Facts.Outcome.PIVOTED ? destination() : source();
            case IN_DOUBT -> unknown();
            default -> mayStillSwitch() ? unknown() : source();
        };
    }

    /** Both images hold the same. */
    Authority equal() {
        advice.clear();
        advice.add("boot " + job.spec().source().file() + ", and keep the other until it runs");
        advice.add("'blockcopy resolve " + job.id() + " --keep source --because \"both are the same\"' ends the job");
        return new Authority(Verdict.SOURCE, job.spec().source().file(), evidence, advice);
    }

    private Authority source() {
        advice.add("boot " + job.spec().source().file());
        advice.add("the destination " + destinationFile() + " is "
                + Words.of(job.facts().get(Facts.COPY)));
        return new Authority(Verdict.SOURCE, job.spec().source().file(), evidence, advice);
    }

    private Authority destination() {
        advice.add("boot " + destinationFile());
        advice.add(
                "the source " + job.spec().source().file() + " is as it was at the pivot, and goes stale from then on");
        return new Authority(Verdict.DESTINATION, destinationFile(), evidence, advice);
    }

    private Authority unknown() {
        advice.add("delete neither image and start no other QEMU on either");
        if (job.hasEnded()) {
            advice.add("'blockcopy status " + job.id()
                    + "' tells how the job has ended: what became of the disk since is not its doing");
        } else {
            advice.add(
                    "'blockcopy recover " + job.id() + "' collects evidence again; a QEMU that lives would settle it");
        }
        if (job.phase() == JobState.IN_DOUBT) {
            advice.add(
                    "if you know more: 'blockcopy resolve " + job.id() + " --keep source|destination --because TEXT'");
        }
        return new Authority(Verdict.UNKNOWN, "", evidence, advice);
    }
}
