package dev.blockcopy.qemufake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.model.qmp.JobStatus;
import dev.blockcopy.model.qmp.QmpReply;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What can go wrong in the last step, by itself and not by a fault. */
class PivotTest {
    private static final Map<String, Object> J = Map.of("device", "j");

    private static Map<String, Object> raw(String name, String file) {
        return Map.of("driver", "raw", "node-name", name, "file", Map.of("driver", "file", "filename", file));
    }

    private static Bench quorum() {
        Bench bench = new Bench();
        bench.host.create("qa", Bench.SIZE);
        bench.host.create("qb", Bench.SIZE);
        bench.command("blockdev-add", raw("qa", "qa"));
        bench.command("blockdev-add", raw("qb", "qb"));
        bench.command(
                "blockdev-add",
                Map.of("driver", "quorum", "node-name", "q0", "vote-threshold", 1L, "children", List.of("qa", "qb")));
        bench.mirror(Map.of("device", "q0", "replaces", "qb", "auto-dismiss", false));
        bench.settle();
        return bench;
    }

    @Test
    void aMemberOfAQuorumIsReplaced() {
        Bench bench = quorum();
        bench.command("block-job-complete", J);
        bench.settle();
        assertThat(bench.events()).anyMatch(event -> event.startsWith("BLOCK_JOB_COMPLETED"));
        assertThat(bench.state.graph.node("q0").child("children.1")).isEqualTo("dst0");
    }

    @Test
    void aMemberThatLeftTheQuorumIsNotReplacedAnyMore() {
        Bench bench = quorum();
        bench.command("x-blockdev-change", Map.of("parent", "q0", "child", "children.1"));
        bench.command("block-job-complete", J);
        bench.settle();
        assertThat(bench.events().toString()).contains("error=Operation not permitted");
        assertThat(bench.state.complaints()).hasSize(1).first().asString().contains("Can no longer replace 'qb'");
    }

    @Test
    void aNodeThatIsGoneIsMissedWhenTheJobIsAskedToComplete() {
        Bench bench = quorum();
        bench.command("x-blockdev-change", Map.of("parent", "q0", "child", "children.1"));
        bench.command("blockdev-del", Map.of("node-name", "qb"));
        QmpReply reply = bench.command("block-job-complete", J);
        assertThat(((QmpReply.Failure) reply).description()).isEqualTo("Node name 'qb' not found");
        assertThat(bench.state.statusOf("j")).hasValue(JobStatus.READY);
    }

    @Test
    void aUserOfTheTargetThatDoesNotBearTheGuestTakesQemuDown() {
        Bench bench = new Bench();
        bench.mirror(Map.of("auto-dismiss", false));
        bench.settle();
        bench.command(
                "blockdev-add",
                Map.of(
                        "driver", "blkdebug",
                        "node-name", "bk",
                        "image", "dst0",
                        "unshare-child-perms", List.of("consistent-read")));
        bench.command("block-job-complete", J);
        bench.settle();
        assertThat(bench.state.isDead()).isTrue();
        assertThat(bench.state.deathSignal()).isEqualTo(6);
        assertThat(bench.state.complaints())
                .last()
                .asString()
                .contains("Permission conflict on node 'dst0': permissions 'consistent read' are both required by"
                        + " block device 'drive0' (uses node 'dst0' as 'root' child) and unshared by node 'bk'");
    }

    @Test
    void onlyWhatShowsTheSameMayBeReplaced() {
        Bench bench = new Bench();
        bench.host.create("other", Bench.SIZE);
        bench.command("blockdev-add", raw("other0", "other"));
        QmpReply reply = bench.command(
                "blockdev-mirror",
                Map.of("job-id", "j", "device", "drive0", "target", "dst0", "sync", "full", "replaces", "other0"));
        assertThat(((QmpReply.Failure) reply).description()).startsWith("Cannot replace 'other0' by a node mirrored");
    }
}
