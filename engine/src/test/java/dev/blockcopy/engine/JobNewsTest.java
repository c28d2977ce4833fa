package dev.blockcopy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.Facts.Destination;
import dev.blockcopy.model.lifecycle.Facts.Wish;
import dev.blockcopy.model.lifecycle.JobState;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobNewsTest {
    @Test
    void aWatcherThatFailsHoldsNobodyUp() {
        JobNews news = new JobNews();
        List<JobReport> heard = new ArrayList<>();
        news.watch(report -> {
            throw new IllegalStateException("planted");
        });
        news.watch(heard::add);
        news.moved(Samples.job(Destination.EXISTING, Wish.STAY), Progress.NONE, () -> true);
        assertThat(heard).hasSize(1);
    }

    /** A process was stopped in mid-pivot and continued after its lease had run out. */
    @Test
    void whatALaneTellsOnceItsMonitorIsLostIsNoNews() {
        JobNews news = new JobNews();
        List<JobReport> heard = new ArrayList<>();
        CopyJob job = Samples.job(Destination.EXISTING, Wish.PIVOT);
        news.adopted(job);
        news.forget(job.spec().monitor());
        news.watch(heard::add);
        news.moved(job, Progress.NONE, () -> false);
        assertThat(news.of(job.id())).isEmpty();
        assertThat(heard).isEmpty();
    }

    @Test
    void aStoreThatFailsTellsOfTheGuestThatItKeepsPaused() {
        JobNews news = new JobNews();
        CopyJob job = Samples.job(Destination.EXISTING, Wish.PIVOT);
        news.moved(in(job, JobState.PIVOTING, true), Progress.NONE, () -> true);

        StoreException told = PausedGuest.told(
                new StoreException("store x: full"), news.pausedOn(job.spec().monitor()));

        assertThat(told)
                .hasMessageStartingWith(
                        "store x: full; the guest on /run/qemu/q.sock is paused until the store is back and"
                                + " 'blockcopy recover copy-drive0-0123456789ab' has let it go.")
                .hasMessageEndingWith("If QEMU dies before that 'cont', /images/src.raw is the disk");
    }

    @Test
    void aStoreThatFailsSaysNothingOfAGuestThatRuns() {
        JobNews news = new JobNews();
        CopyJob job = Samples.job(Destination.EXISTING, Wish.PIVOT);
        for (CopyJob running : List.of(
                in(job, JobState.MIRRORING, false),
                in(job, JobState.RETREATING, true),
                in(job, JobState.CONCLUDED, true))) {
            news.moved(running, Progress.NONE, () -> true);

            assertThat(PausedGuest.told(
                            new StoreException("full"), news.pausedOn(job.spec().monitor())))
                    .hasMessage("full");
        }
    }

    private static CopyJob in(CopyJob job, JobState phase, boolean isPaused) {
        return job.with(
                job.facts().with(Facts.STATE, phase).with(Facts.JOURNAL, phase).with(Facts.RESUME_DUE, isPaused));
    }
}
