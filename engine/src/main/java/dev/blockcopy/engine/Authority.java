package dev.blockcopy.engine;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which image is a domain's disk.
 *
 * @param verdict on which of a copy's two images the disk stands, or that this is not known
 * @param image the file that holds the disk: that image, or what somebody else has put on top of it; empty if unknown
 * @param evidence what the verdict rests on, a line each
 * @param advice what is safe to do next, a line each
 */
public record Authority(Verdict verdict, String image, List<String> evidence, List<String> advice) {
    /** The three answers. */
    public enum Verdict {
        SOURCE,
        DESTINATION,
        UNKNOWN
    }

    /**
     * The answer of whoever has settled the job and asked its own QEMU himself.
     *
     * @param job as its evidence has left it
     * @param disks what {@code query-block} returned; empty if QEMU is dead
     */
    public static Authority of(CopyJob job, Optional<Object> disks) {
        AuthorityAnswer answer = new AuthorityAnswer(job, JobOfDisk.Proof.NAME, words -> "blockcopy " + words);
        Path monitor = job.spec().monitor();
        return disks.map(rows -> new QemuSeen(
                        monitor, "", rows, Set.of(job.id(), job.spec().nodeName()), Optional.empty()))
                .map(answer::alive)
                .orElseGet(() -> answer.dead(false));
    }

    /**
     * The same of whoever has asked the QEMU that answers on the job's monitor, and that may be another one.
     *
     * @param job as its evidence has left it
     * @param disks what {@code query-block} returned
     * @param names its nodes and jobs; it is the job's own QEMU if one of them is of the job
     */
    public static Authority of(CopyJob job, Object disks, Set<String> names) {
        AuthorityAnswer answer = new AuthorityAnswer(job, JobOfDisk.Proof.NAME, words -> "blockcopy " + words);
        return answer.alive(new QemuSeen(job.spec().monitor(), "", disks, names, Optional.empty()));
    }

    public Authority {
        evidence = List.copyOf(evidence);
        advice = List.copyOf(advice);
    }
}
