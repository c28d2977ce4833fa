package dev.blockcopy.qemufake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Names that a real QEMU gave (transcripts f06, i07, l14b), with its order of members. */
class NodeFilenameTest {
    private static final Map<String, Object> FILE = Map.of("driver", "file", "filename", "dst");

    private static String nameOf(Map<String, Object> options) {
        Bench bench = new Bench();
        Map<String, Object> named = Members.of("node-name", "n");
        named.putAll(options);
        bench.command("blockdev-add", named);
        return bench.state.graph.filename(bench.state.graph.node("n"));
    }

    @Test
    void aPathSaysAllOfAPlainImage() {
        assertThat(nameOf(Members.of("driver", "raw", "file", FILE))).isEqualTo("dst");
        assertThat(nameOf(Members.of("driver", "blkdebug", "image", FILE))).isEqualTo("blkdebug::dst");
    }

    @Test
    void rulesAreToldFlat() {
        Map<String, Object> rule =
                Members.of("event", "write_aio", "iotype", "write", "errno", 28L, "state", 2L, "once", true);
        Map<String, Object> change = Members.of("event", "flush_to_disk", "state", 1L, "new_state", 2L);
        Map<String, Object> file = Members.of(
                "driver", "blkdebug", "image", FILE, "inject-error", List.of(rule), "set-state", List.of(change));
        assertThat(nameOf(Members.of("driver", "raw", "file", file)))
                .isEqualTo("json:{\"driver\": \"raw\", \"file\": {\"inject-error.0.state\": 2, \"set-state.0.event\":"
                        + " \"flush_to_disk\", \"inject-error.0.once\": true, \"image\": {\"driver\": \"file\","
                        + " \"filename\": \"dst\"}, \"driver\": \"blkdebug\", \"inject-error.0.iotype\": \"write\","
                        + " \"set-state.0.new_state\": 2, \"inject-error.0.errno\": 28, \"inject-error.0.event\":"
                        + " \"write_aio\", \"set-state.0.state\": 1}}");
    }

    @Test
    void aQuorumTellsAllItsMembers() {
        Map<String, Object> member = Members.of("driver", "raw", "file", FILE);
        assertThat(nameOf(Members.of("driver", "quorum", "vote-threshold", 1L, "children", List.of(member))))
                .isEqualTo("json:{\"children\": [{\"driver\": \"raw\", \"file\": {\"driver\": \"file\", \"filename\":"
                        + " \"dst\"}}], \"driver\": \"quorum\", \"vote-threshold\": 1}");
    }
}
