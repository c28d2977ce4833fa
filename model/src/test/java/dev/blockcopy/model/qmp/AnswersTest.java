package dev.blockcopy.model.qmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Typed readings of what a real QEMU answered. */
class AnswersTest {

    private static Object answer(String id) {
        return GoldenLines.valueIn("session", id);
    }

    @Test
    void readsGreetingAndVersion() {
        Greeting greeting = (Greeting) QmpCodec.decode(GoldenLines.of("session").get(0));

        assertThat(greeting.version().qemu()).hasToString("7.2.22");
        assertThat(greeting.capabilities()).containsExactly("oob");
        assertThat(VersionInfo.from(answer("g-2"))).isEqualTo(greeting.version());
    }

    @Test
    void readsRunStates() {
        assertThat(StatusInfo.from(answer("g-3"))).isEqualTo(new StatusInfo(RunState.PRELAUNCH, false));
        assertThat(StatusInfo.from(answer("g-21"))).isEqualTo(new StatusInfo(RunState.RUNNING, true));
    }

    @Test
    void readsJobs() {
        assertThat(JobInfo.listFrom(answer("g-15")))
                .containsExactly(new JobInfo(8388608, JobStatus.READY, 8388608, JobType.MIRROR, "j", null));
        assertThat(JobInfo.listFrom(answer("g-32")))
                .containsExactly(new JobInfo(
                        0,
                        JobStatus.CONCLUDED,
                        0,
                        JobType.MIRROR,
                        "k",
                        "Source and target image have different sizes"));
        assertThat(JobInfo.listFrom(answer("g-44")).get(0).type()).isEqualTo(JobType.CREATE);
    }

    @Test
    void readsBlockJobs() {
        BlockJobInfo job = BlockJobInfo.listFrom(answer("g-16")).get(0);

        assertThat(job.ready()).isTrue();
        assertThat(job.autoDismiss()).isFalse();
        assertThat(job.ioStatus()).isEqualTo(BlockDeviceIoStatus.OK);
        assertThat(job.activelySynced()).isNull();
        assertThat(BlockJobInfo.listFrom(answer("g-39")).get(0).paused()).isTrue();
    }

    @Test
    void readsDisksWithAndWithoutADriveName() {
        List<BlockInfo> disks = BlockInfo.listFrom(answer("g-7"));

        assertThat(disks).extracting(BlockInfo::device).containsExactly("drive0", "");
        assertThat(disks.get(0).inserted().backingFile()).isEqualTo("base.raw");
        assertThat(disks.get(0).inserted().image().backingImage().format()).isEqualTo("raw");
        assertThat(disks.get(1).qdev()).isEqualTo("/machine/peripheral/vd1/virtio-backend");
        assertThat(disks.get(1).inserted().nodeName()).isEqualTo("n1");
    }

    @Test
    void readsNodesAndTheGraph() {
        assertThat(BlockDeviceInfo.listFrom(answer("g-8")))
                .extracting(BlockDeviceInfo::nodeName)
                .contains("n1", "f1");
        XDbgBlockGraph graph = XDbgBlockGraph.from(answer("g-18"));
        Map<Long, XDbgBlockGraphNode> nodes =
                graph.nodes().stream().collect(Collectors.toMap(XDbgBlockGraphNode::id, node -> node));
        assertThat(graph.edges())
                .filteredOn(edge -> edge.name().equals("target"))
                .allSatisfy(edge -> {
                    assertThat(nodes.get(edge.parent()).type()).isEqualTo(XDbgBlockGraphNodeType.BLOCK_JOB);
                    assertThat(nodes.get(edge.child()).name()).isEqualTo("dst");
                })
                .hasSize(1);
    }

    @Test
    void readsCommandNames() {
        assertThat(CommandInfo.listFrom(answer("g-47")))
                .extracting(CommandInfo::name)
                .contains("blockdev-mirror", "job-complete")
                .hasSizeGreaterThan(100);
    }

    @Test
    void keepsAWordThatIsNotKnown() {
        Map<String, Object> job =
                Map.of("current-progress", 0L, "total-progress", 0L, "status", "dreaming", "type", "nap", "id", "j");

        JobInfo read = JobInfo.listFrom(List.of(job)).get(0);

        assertThat(read.status()).isEqualTo(JobStatus.UNKNOWN);
        assertThatThrownBy(read::members).hasMessage("JobStatus.UNKNOWN cannot be sent");
    }

    @Test
    void namesTheMissingMemberAndTheAnswer() {
        assertThatThrownBy(() -> JobInfo.listFrom(List.of(Map.of("id", "j"))))
                .isInstanceOf(QmpSyntaxException.class)
                .hasMessage("query-jobs: Parameter 'current-progress' is missing, in {\"id\": \"j\"}");
        assertThatThrownBy(() -> JobInfo.listFrom(Map.of()))
                .isInstanceOf(QmpSyntaxException.class)
                .hasMessage("query-jobs: a list is expected, in {}");
    }

    @Test
    void namesTheLineThatIsNotQmp() {
        assertThatThrownBy(() -> QmpCodec.decode("{\"event\": \"STOP\"}"))
                .isInstanceOf(QmpSyntaxException.class)
                .hasMessage("not a line of QMP: member 'timestamp' is missing, in {\"event\": \"STOP\"}");
        assertThatThrownBy(() -> QmpCodec.decode("SSH-2.0-OpenSSH_9.2"))
                .isInstanceOf(QmpSyntaxException.class)
                .hasMessageContaining("JSON parse error")
                .hasMessageEndingWith("in SSH-2.0-OpenSSH_9.2");
    }

    @Test
    void refusesEveryBeginningOfALine() {
        String line = "{\"a\": [1, -2.5e3, \"x\\\"y\", true, null, {\"b\": []}], \"c\": 18446744073709551615}";

        assertThat(QmpCodec.value(line))
                .hasToString("{a=[1, -2500.0, x\"y, true, null, {b=[]}], c=18446744073709551615}");
        for (int length = 0; length < line.length(); length++) {
            String beginning = line.substring(0, length);
            assertThatThrownBy(() -> QmpCodec.value(beginning))
                    .as(beginning)
                    .isInstanceOf(QmpSyntaxException.class)
                    .hasMessageStartingWith("JSON parse error, ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1 2", "{} {}", "[1] x", "{\"a\": 1, \"a\": 2}", "[1,]", "{\"a\" 1}", "]"})
    void refusesWhatIsNotOneValue(String text) {
        assertThatThrownBy(() -> QmpCodec.value(text))
                .isInstanceOf(QmpSyntaxException.class)
                .hasMessageStartingWith("JSON parse error, ");
    }

    @Test
    void takesTheDepthThatQemuTakesAndNoMore() {
        assertThat(QmpCodec.value("[".repeat(1024) + "]".repeat(1024))).isInstanceOf(List.class);
        assertThatThrownBy(() -> QmpCodec.value("[".repeat(1025) + "]".repeat(1025)))
                .isInstanceOf(QmpSyntaxException.class);
    }

    @Test
    void readsEventsOfJobs() {
        List<BlockJobEvent> events = GoldenLines.of("session").stream()
                .map(QmpCodec::decode)
                .filter(QmpEvent.class::isInstance)
                .flatMap(event -> BlockJobEvent.of((QmpEvent) event).stream())
                .collect(Collectors.toList());

        assertThat(events)
                .startsWith(
                        new BlockJobEvent.JobStatusChange(JobStatus.CREATED, "j"),
                        new BlockJobEvent.JobStatusChange(JobStatus.RUNNING, "j"),
                        new BlockJobEvent.JobStatusChange(JobStatus.READY, "j"),
                        new BlockJobEvent.BlockJobReady("j", 8388608, 8388608, 0, JobType.MIRROR))
                .contains(
                        new BlockJobEvent.BlockJobPending(JobType.MIRROR, "l"),
                        new BlockJobEvent.BlockJobCancelled("l", 8388608, 8388608, 0, JobType.MIRROR),
                        new BlockJobEvent.BlockJobCompleted(
                                "k", 0, 0, 0, JobType.MIRROR, "Source and target image have different sizes"));
        BlockJobEvent ready = events.get(3);
        assertThat(ready.event()).isEqualTo("BLOCK_JOB_READY");
        assertThat(BlockJobEvent.of(ready.at(new QmpEvent.Timestamp(1, 2)))).contains(ready);
    }
}
