package dev.blockcopy.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.engine.CopyJob;
import dev.blockcopy.engine.Findings;
import dev.blockcopy.engine.JobStore;
import dev.blockcopy.engine.JournalLine;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
        Path file = directory.resolve("jobs.db");
        List<Process> processes = new ArrayList<>();
        try {
            List<BufferedReader> outputs = new ArrayList<>();
            for (String owner : List.of("a", "b", "c")) {
                processes.add(SavingProcess.start(file, "acquire", owner));
                outputs.add(SavingProcess.outputOf(processes.get(processes.size() - 1)));
            }
            for (int round = 0; round < 200; round++) {
                assertThat(ownersOf("/monitor-" + round, processes, outputs)).hasSize(1);
            }
        } finally {
            processes.forEach(Process::destroyForcibly);
        }
    }

    /** All are told at once to ask for the lease on this monitor: who has it in the opinion of each. */
    private static Set<String> ownersOf(String monitor, List<Process> processes, List<BufferedReader> outputs)
            throws IOException {
        for (Process process : processes) {
            process.getOutputStream().write((monitor + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        }
        Set<String> owners = new HashSet<>();
        for (BufferedReader output : outputs) {
            owners.add(output.readLine());
        }
        return owners;
    }
}
