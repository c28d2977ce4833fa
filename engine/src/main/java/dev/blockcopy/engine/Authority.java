package dev.blockcopy.engine;

import dev.blockcopy.model.qmp.BlockInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which image is a domain's disk.
 *
 * @param verdict source, destination or unknown
 * @param image the file of that image; empty if unknown
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
     * The answer of whoever has settled the job and asked QEMU himself.
     *
     * @param job as its evidence has left it
     * @param disks what {@code query-block} returned; empty if QEMU is dead
     */
    public static Authority of(CopyJob job, Optional<Object> disks) {
        AuthorityAnswer answer = new AuthorityAnswer(job, new ArrayList<>(), new ArrayList<>());
        return disks.flatMap(rows -> AuthorityAnswer.rowOf(job, BlockInfo.listFrom(rows)))
                .map(answer::alive)
                .orElseGet(answer::byJournal);
    }

    public Authority {
        evidence = List.copyOf(evidence);
        advice = List.copyOf(advice);
    }
}
