package dev.blockcopy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.model.lifecycle.Facts.Destination;
import dev.blockcopy.model.lifecycle.Facts.Wish;
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
        news.moved(Samples.job(Destination.EXISTING, Wish.STAY), Progress.NONE);
        assertThat(heard).hasSize(1);
    }
}
