package dev.blockcopy.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.engine.CopyJob;
import dev.blockcopy.engine.JobStore;
import dev.blockcopy.model.Lifetime;
import dev.blockcopy.model.Slot;
import dev.blockcopy.model.Valuation;
import dev.blockcopy.model.lifecycle.Decision;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.JobState;
import dev.blockcopy.model.lifecycle.Lifecycle;
import dev.blockcopy.model.lifecycle.TransitionTable;
import dev.blockcopy.model.lifecycle.Trigger;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** S7, every stored state loads: whatever content of the journal the table can lead to comes back as it was written. */
class EveryStateLoadsTest {
    private static final List<Slot<?>> CHOSEN_AT_THE_START =
            List.of(Facts.WISH, Facts.DESTINATION, Facts.SWITCH, Facts.PAUSE);

    @TempDir
    Path directory;

    @Test
    void everyStateThatTheTableLeadsToComesBack() {
        Path file = directory.resolve("jobs.db");
        Map<String, CopyJob> jobs = new LinkedHashMap<>();
        for (Valuation facts : reachable()) {
            String id = "copy-" + jobs.size();
            jobs.put(id, Samples.job(id).with(facts));
        }
        try (JobStore store = SqliteJobStore.open(file)) {
            jobs.values().forEach(job -> insertAndSave(store, job));
        }
        try (JobStore store = SqliteJobStore.open(file)) {
            jobs.forEach((id, job) -> assertThat(store.find(id)).contains(job.restored()));
            assertThat(store.list())
                    .containsExactlyElementsOf(
                            jobs.values().stream().map(CopyJob::restored).toList());
        }
    }

    /** Half of them arrive by an insert, half by a save. */
    private static void insertAndSave(JobStore store, CopyJob job) {
        if (job.id().hashCode() % 2 == 0) {
            store.insert(job, Samples.LINE);
        } else {
            store.insert(Samples.job(job.id()), Samples.LINE);
            store.save(job, List.of());
        }
    }

    @Test
    void everyRememberedStateAndEveryValueOfEachFactIsAmongThem() {
        Set<Valuation> reachable = reachable();
        assertThat(reachable)
                .extracting(facts -> facts.get(Facts.JOURNAL))
                .contains(Arrays.stream(JobState.values())
                        .filter(JobState::isDurable)
                        .toArray(JobState[]::new));
        for (Slot<?> slot : Facts.SLOTS) {
            if (slot.variable().lifetime() == Lifetime.DURABLE && slot != Facts.JOURNAL) {
                assertThat(reachable.stream().map(facts -> (Object) facts.get(slot)))
                        .containsAll(List.copyOf(slot.type().values()));
            }
        }
    }

    /** Every situation of every job, after any triggers and crashes, one for each content of the journal. */
    private static Set<Valuation> reachable() {
        Set<Valuation> seen = new LinkedHashSet<>(beginnings());
        Deque<Valuation> open = new ArrayDeque<>(seen);
        Map<Valuation, Valuation> byJournal = new LinkedHashMap<>();
        while (!open.isEmpty()) {
            Valuation job = open.remove();
            byJournal.putIfAbsent(TransitionTable.restored(job), job);
            for (Valuation next : nextOf(job)) {
                if (seen.add(next)) {
                    open.add(next);
                }
            }
        }
        return new LinkedHashSet<>(byJournal.values());
    }

    private static List<Valuation> nextOf(Valuation job) {
        List<Valuation> next = new ArrayList<>(List.of(TransitionTable.restored(job)));
        for (Trigger trigger : Trigger.values()) {
            if (Lifecycle.TABLE.decide(job, trigger) instanceof Decision.Step step) {
                next.add(step.after());
            }
        }
        return next;
    }

    private static List<Valuation> beginnings() {
        List<Valuation> jobs = List.of(Facts.LAYOUT.initial());
        for (Slot<?> slot : CHOSEN_AT_THE_START) {
            jobs = jobs.stream().flatMap(job -> each(job, slot).stream()).toList();
        }
        return jobs;
    }

    private static <V> List<Valuation> each(Valuation job, Slot<V> slot) {
        return slot.type().values().stream().map(value -> job.with(slot, value)).toList();
    }
}
