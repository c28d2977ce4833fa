package dev.blockcopy.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.engine.CopyJob;
import dev.blockcopy.engine.Findings;
import dev.blockcopy.engine.JobStore;
import dev.blockcopy.engine.JournalLine;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several processes work on one store, and are killed while they do. */
@Timeout(60)
class KilledProcessTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(ints = {1, 30, 100})
    void everySaveThatReturnedSurvivesAKill(int steps) throws Exception {
        Path file = directory.resolve("jobs.db");
        try (JobStore watching = SqliteJobStore.open(file)) {
            Process one = SavingProcess.start(file, "save", "copy-1");
            Process two = SavingProcess.start(file, "save", "copy-2");
            try {
                int toldByOne = killAfter(one, steps);
                int toldByTwo = killAfter(two, steps);
                assertNothingIsLost(watching, "copy-1", toldByOne);
                assertNothingIsLost(watching, "copy-2", toldByTwo);
            } finally {
                one.destroyForcibly();
                two.destroyForcibly();
            }
        }
        try (JobStore reopened = SqliteJobStore.open(file, Duration.ofMillis(500))) {
            assertThat(reopened.list()).extracting(CopyJob::id).containsExactlyInAnyOrder("copy-1", "copy-2");
        }
    }

    /** SIGKILL, once so many steps were told; what it told in the meantime counts too. */
    private static int killAfter(Process process, int steps) throws IOException, InterruptedException {
        try (BufferedReader output = SavingProcess.outputOf(process)) {
            int told = -1;
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                told = Integer.parseInt(line);
                if (told == steps) {
                    process.toHandle().destroyForcibly();
                }
            }
            process.waitFor();
            assertThat(told).isGreaterThanOrEqualTo(steps);
            return told;
        }
    }

    /** One save may have been under way: it is there as a whole, or not at all. */
    private static void assertNothingIsLost(JobStore store, String id, int told) {
        List<JournalLine> journal = store.journalOf(id);
        int last = journal.size() - 2;
        assertThat(last).isBetween(told, told + 1);
        assertThat(journal.get(last + 1)).isEqualTo(Samples.line(last));
        assertThat(store.find(id).map(CopyJob::findings)).contains(Findings.NONE.withError("step " + last));
    }

    @Test
    void onlyOneProcessGetsALease() throws Exception {
        int monitors = 100;
        Path file = directory.resolve("jobs.db");
        List<Process> processes = new ArrayList<>();
        for (String owner : List.of("a", "b", "c")) {
            processes.add(SavingProcess.start(file, "acquire", owner, String.valueOf(monitors)));
        }
        List<List<String>> owners = new ArrayList<>();
        for (Process process : processes) {
            try (BufferedReader output = SavingProcess.outputOf(process)) {
                owners.add(output.lines().toList());
            }
            assertThat(process.waitFor()).isZero();
        }
        assertThat(owners.get(0)).hasSize(monitors);
        assertThat(owners).containsOnly(owners.get(0));
    }
}
