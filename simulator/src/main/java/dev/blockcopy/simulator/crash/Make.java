package dev.blockcopy.simulator.crash;

import dev.blockcopy.engine.CopyJob;
import dev.blockcopy.engine.JobExecutor;
import dev.blockcopy.engine.Journal;
import dev.blockcopy.engine.image.FileCalls;
import dev.blockcopy.qemufake.MemoryFiles;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * What the managers of a trial are made of; those of a test may have a bug.
 *
 * @param executor decides
 * @param journal what they write down
 * @param stored the jobs as a crash leaves them in the store
 * @param calls how they reach the host's files
 * @param files these files
 */
record Make(
        JobExecutor executor,
        Journal journal,
        Supplier<List<CopyJob>> stored,
        UnaryOperator<FileCalls> calls,
        MemoryFiles files) {
    /** As it ships, but for the store, which is in memory. */
    static Make of(JobExecutor executor) {
        MemoryStore store = new MemoryStore();
        return new Make(executor, store, store::list, UnaryOperator.identity(), new MemoryFiles());
    }

    Make with(Journal other) {
        return new Make(executor, other, stored, calls, files);
    }

    Make with(UnaryOperator<FileCalls> others) {
        return new Make(executor, journal, stored, others, files);
    }
}
