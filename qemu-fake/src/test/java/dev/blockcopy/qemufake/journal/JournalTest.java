package dev.blockcopy.qemufake.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is kept in memory has an end; what goes to the sink has none. */
class JournalTest {
    private final List<Journal.Entry> all = new ArrayList<>();

    private static void note(Journal journal, int number, int length) {
        journal.add(number, Journal.Kind.NOTE, -1, "x".repeat(length));
    }

    @Test
    void keepsTheLastEntriesAndTellsAll() {
        Journal journal = new Journal(all::add);
        for (int i = 0; i < Journal.ENTRIES_MAX + 10; i++) {
            note(journal, i, 1);
        }
        assertThat(journal.entries()).hasSize(Journal.ENTRIES_MAX);
        assertThat(journal.entries().get(0).atMicros()).isEqualTo(10);
        assertThat(all).hasSize(Journal.ENTRIES_MAX + 10);
    }

    @Test
    void keepsAsManyLongOnesAsFit() {
        Journal journal = new Journal(all::add, 100);
        for (int i = 0; i < 10; i++) {
            note(journal, i, 30);
        }
        assertThat(journal.entries()).extracting(Journal.Entry::atMicros).containsExactly(7L, 8L, 9L);
        note(journal, 10, 1000);
        assertThat(journal.entries()).extracting(Journal.Entry::atMicros).containsExactly(10L);
        assertThat(all).hasSize(11);
    }
}
