package dev.blockcopy.engine;

import java.util.Optional;

/**
 * What a store that fails in mid-pivot means for the guest, which waits, for whoever reads of the failure.
 *
 * <p>What it advises rests on this: as long as QEMU lives, what it shows is true, and a job that has ended switches nothing
 * any more; and until the guest goes on, the source holds everything.
 */
final class PausedGuest {
    private PausedGuest() {}

    /** The failure, and how the guest of that job comes to run again; the failure alone where no guest waits. */
    static StoreException told(RuntimeException failure, Optional<JobReport> paused) {
        String told = paused.map(report -> "; " + words(report.job())).orElse("");
        return new StoreException(failure.getMessage() + told, failure);
    }

    private static String words(CopyJob job) {
        CopySpec spec = job.spec();
        String ended = spec.dialect().isJobApi()
                ? "'query-jobs' shows " + job.id() + " as concluded or not at all"
                : "'query-block-jobs' shows no job of " + spec.disk();
        return "the guest on " + spec.monitor() + " is paused until the store is back and 'blockcopy recover "
                + job.id()
                + "' has let it go. If the store never comes back, ask QEMU: once " + ended + ", the file of "
                + spec.disk()
                + " in 'query-block' is the disk; write that down, then say 'cont'. If QEMU dies before that"
                + " 'cont', " + spec.source().file() + " is the disk";
    }
}
