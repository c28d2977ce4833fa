package dev.blockcopy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.model.lifecycle.Facts.Destination;
import dev.blockcopy.model.lifecycle.Facts.Wish;
import dev.blockcopy.model.lifecycle.Trigger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** An overlay whose file says nothing of what is below it is walked down in the graph, and in the job's own QEMU alone. */
class QemuSeenTest {
    private static final CopyJob JOB = Samples.job(Destination.EXISTING, Wish.PIVOT);
    private static final Object DISKS = List.of(Samples.blockInfo("drive0", "overlay"));

    private static Map<String, Object> node(long id, String type, String name) {
        return Map.of("id", id, "type", type, "name", name);
    }

    private static Map<String, Object> edge(long parent, long child, String name) {
        return Map.of("parent", parent, "child", child, "name", name, "perm", List.of(), "shared-perm", List.of());
    }

    private static Trigger seen(Set<String> names, String below, boolean hasGraph) {
        Object graph = Map.of(
                "nodes",
                List.of(
                        node(1, "block-backend", "drive0"),
                        node(2, "block-driver", "overlay"),
                        node(3, "block-driver", below)),
                "edges",
                List.of(edge(1, 2, "root"), edge(2, 3, "backing")));
        QemuSeen qemu =
                new QemuSeen(JOB.spec().monitor(), "", DISKS, names, hasGraph ? Optional.of(graph) : Optional.empty());
        return qemu.standsOn(JOB, qemu.disks().get(0));
    }

    @Test
    void standsOnTheImageThatTheGraphHasBelow() {
        Set<String> ours = Set.of(JOB.spec().nodeName());
        assertThat(seen(ours, JOB.spec().nodeName(), true)).isEqualTo(Trigger.ON_DESTINATION);
        assertThat(seen(ours, JOB.spec().source().nodeName(), true)).isEqualTo(Trigger.ON_SOURCE);
    }

    @Test
    void standsOnNeitherWhereNothingTells() {
        assertThat(seen(Set.of(JOB.spec().nodeName()), JOB.spec().nodeName(), false))
                .isEqualTo(Trigger.ON_ANOTHER);
        assertThat(seen(Set.of(), JOB.spec().source().nodeName(), true)).isEqualTo(Trigger.ON_ANOTHER);
    }
}
