package dev.blockcopy.qemufake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.model.qmp.JobStatus;
import dev.blockcopy.model.qmp.QmpReply;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Backups by themselves and in transactions (transcripts t03, t04, t05). */
class BackupTest {
    private final Bench bench = new Bench();

    private Map<String, Object> backup(String id, Map<String, Object> more) {
        Map<String, Object> data = Members.of("job-id", id, "device", "drive0", "target", "dst0", "sync", "full");
        data.putAll(more);
        return data;
    }

    /** A second disk, of which there is a grouped backup that is done at once. */
    private void grouped() {
        for (String name : List.of("s2", "d2")) {
            bench.host.create(name, Bench.SIZE);
            Map<String, Object> file = Map.of("driver", "file", "filename", name);
            bench.command("blockdev-add", Map.of("driver", "raw", "node-name", name, "file", file));
        }
        Map<String, Object> slow = backup("a", Map.of("speed", 1L));
        Map<String, Object> fast = backup("b", Map.of("device", "s2", "target", "d2"));
        QmpReply reply = bench.command(
                "transaction",
                Map.of(
                        "properties",
                        Map.of("completion-mode", "grouped"),
                        "actions",
                        List.of(
                                Map.of("type", "blockdev-backup", "data", slow),
                                Map.of("type", "blockdev-backup", "data", fast))));
        assertThat(reply).isInstanceOf(QmpReply.Success.class);
        bench.settle();
    }

    private List<JobStatus> statuses() {
        return List.of("a", "b").stream()
                .flatMap(id -> bench.state.statusOf(id).stream())
                .toList();
    }

    @Test
    void savesWhatTheGuestOverwrites() {
        bench.guestWrites(0, 1);
        bench.command("blockdev-backup", backup("j", Map.of("speed", 1L)));
        bench.step(JobStep.START);
        bench.guestWrites(0, 2);
        bench.command("block-job-set-speed", Map.of("device", "j", "speed", 0L));
        bench.settle();
        assertThat(bench.host.read("dst", 0, 1)).containsExactly(1);
        assertThat(bench.host.read("src", 0, 1)).containsExactly(2);
        assertThat(bench.events()).anyMatch(event -> event.startsWith("BLOCK_JOB_COMPLETED"));
    }

    @Test
    void oneThatIsDoneWaitsForItsGroup() {
        grouped();
        assertThat(statuses()).containsExactly(JobStatus.RUNNING, JobStatus.WAITING);
        bench.command("block-job-set-speed", Map.of("device", "a", "speed", 0L));
        bench.settle();
        assertThat(statuses()).isEmpty();
        assertThat(bench.events().stream().filter(event -> event.startsWith("BLOCK_JOB_COMPLETED")))
                .hasSize(2);
    }

    @Test
    void oneThatIsCancelledTakesItsGroupWithIt() {
        grouped();
        bench.command("job-cancel", Map.of("id", "b"));
        assertThat(statuses()).isEmpty();
        assertThat(bench.events().stream().filter(event -> event.startsWith("BLOCK_JOB_CANCELLED")))
                .hasSize(2);
    }

    @Test
    void aTransactionThatFailsLeavesNothing() {
        QmpReply reply = bench.command(
                "transaction",
                Map.of(
                        "actions",
                        List.of(
                                Map.of("type", "blockdev-backup", "data", backup("a", Map.of())),
                                Map.of("type", "abort", "data", Map.of()))));
        assertThat(((QmpReply.Failure) reply).description()).isEqualTo("Transaction aborted using Abort action");
        assertThat(statuses()).isEmpty();
        assertThat(bench.state.graph.nodes()).extracting(Node::driver).doesNotContain(Driver.COPY_BEFORE_WRITE);
    }

    @Test
    void knowsNoActionOfAMirror() {
        Map<String, Object> action = Map.of("type", "drive-mirror", "data", Map.of());
        QmpReply reply = bench.command("transaction", Map.of("actions", List.of(action)));
        assertThat(((QmpReply.Failure) reply).description())
                .isEqualTo("Parameter 'type' does not accept value 'drive-mirror'");
    }
}
