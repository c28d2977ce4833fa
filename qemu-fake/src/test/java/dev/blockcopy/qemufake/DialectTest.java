package dev.blockcopy.qemufake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blockcopy.model.qmp.Greeting;
import dev.blockcopy.model.qmp.QmpReply;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Each dialect has its commands, its events and its words, and no others. */
class DialectTest {
    private static final Map<String, Object> DRIVE = Map.of("device", "drive0");

    private static Bench mirroring(Dialect dialect, String command, String how, Object value) {
        Bench bench = new Bench(dialect);
        bench.command(command, Map.of("device", "drive0", "target", "dst", "mode", "existing", how, value));
        bench.settle();
        return bench;
    }

    private static Bench mirroringIn13() {
        return mirroring(Dialect.QEMU_1_3, "drive-mirror", "sync", "full");
    }

    private static String text(QmpReply reply) {
        return reply instanceof QmpReply.Failure failure
                ? failure.errorClass() + ": " + failure.description()
                : String.valueOf(((QmpReply.Success) reply).value());
    }

    @ParameterizedTest
    @CsvSource({
        "QEMU_7_2, job-complete blockdev-mirror query-jobs drive-mirror, drive-reopen transaction-of-2012",
        "QEMU_1_3, drive-mirror block-job-complete block-job-pause, job-complete blockdev-add query-jobs drive-reopen",
        "PROPOSAL_2012, drive-mirror drive-reopen getfd, block-job-complete block-job-pause query-jobs",
        "RHEL6, __com.redhat_drive-mirror __com.redhat_drive-reopen, drive-mirror drive-reopen block-job-complete",
        "ATOMIC, drive-mirror transaction query-qmp-schema, drive-reopen block-job-complete query-jobs"
    })
    void hasItsCommandsAndNoOthers(Dialect dialect, String has, String lacks) {
        Bench bench = new Bench(dialect);
        String listed = text(bench.command("query-commands", Map.of()));
        for (String name : has.split(" ")) {
            assertThat(listed).contains("{name=" + name + "}");
        }
        for (String name : lacks.split(" ")) {
            assertThat(listed).doesNotContain("{name=" + name + "}");
            assertThat(text(bench.command(name, Map.of())))
                    .isEqualTo("CommandNotFound: The command " + name + " has not been found");
        }
    }

    @ParameterizedTest
    @EnumSource
    void isFoundByItsName(Dialect dialect) {
        assertThat(Dialect.named(dialect.wire())).isEqualTo(dialect);
    }

    @Test
    void refusesAnUnknownNameAndListsTheOthers() {
        assertThatThrownBy(() -> Dialect.named("qemu-2"))
                .hasMessage("no dialect 'qemu-2'; there are qemu-7.2, qemu-1.3, proposal-2012, rhel6, atomic");
    }

    @Test
    void greetsWithItsVersion() {
        Greeting greeting = new Bench(Dialect.QEMU_1_3).state.dialect().greeting();
        assertThat(greeting.version().qemu()).hasToString("1.3.0");
        assertThat(greeting.capabilities()).isEmpty();
        assertThat(new Bench().state.dialect().greeting().toString()).contains("oob");
    }

    @Test
    void saysReadyByAnEventAloneIn13() {
        Bench bench = mirroringIn13();
        assertThat(bench.events()).singleElement().asString().startsWith("BLOCK_JOB_READY {device=drive0");
        String jobs = text(bench.command("query-block-jobs", Map.of()));
        assertThat(jobs).contains("device=drive0", "len=8388608", "offset=8388608", "io-status=ok");
        assertThat(jobs).doesNotContain("ready", "status=ready", "auto-dismiss");
    }

    @Test
    void saysNothingOfReadyIn2012() {
        Bench bench = mirroring(Dialect.RHEL6, "__com.redhat_drive-mirror", "full", true);
        assertThat(bench.events()).isEmpty();
        assertThat(text(bench.command("query-block-jobs", Map.of())))
                .isEqualTo("[{type=mirror, device=drive0, len=8388608, offset=8388608, speed=0}]");
    }

    @Test
    void pivotsByCompleteIn13AndLeavesNoTrace() {
        Bench bench = mirroringIn13();
        assertThat(text(bench.command("block-job-complete", DRIVE))).isEqualTo("{}");
        bench.settle();
        assertThat(text(bench.command("query-block-jobs", Map.of()))).isEqualTo("[]");
        assertThat(text(bench.command("query-block", Map.of())))
                .contains("file=dst")
                .doesNotContain("node-name", "image");
        assertThat(bench.events()).last().asString().startsWith("BLOCK_JOB_COMPLETED");
    }

    @Test
    void refusesToCompleteTooEarlyIn13() {
        Bench bench = new Bench(Dialect.QEMU_1_3);
        bench.command("drive-mirror", Map.of("device", "drive0", "target", "dst", "mode", "existing", "sync", "full"));
        assertThat(text(bench.command("block-job-complete", DRIVE)))
                .isEqualTo("GenericError: The active block job for device 'drive0' cannot be completed");
    }

    @Test
    void doesNotAbandonAReadyMirrorByForceIn13() {
        Bench bench = mirroringIn13();
        bench.command("block-job-pause", DRIVE);
        assertThat(text(bench.command("block-job-cancel", DRIVE)))
                .isEqualTo("GenericError: The block job for device 'drive0' is currently paused");
        bench.command("block-job-cancel", Map.of("device", "drive0", "force", true));
        bench.settle();
        assertThat(bench.events()).last().asString().startsWith("BLOCK_JOB_COMPLETED");
    }

    @Test
    void abandonsAMirrorThatStreamsIn2012() {
        Bench bench = new Bench(Dialect.PROPOSAL_2012);
        bench.command("drive-mirror", Map.of("device", "drive0", "target", "dst", "mode", "existing", "full", true));
        bench.command("block-job-cancel", DRIVE);
        bench.settle();
        assertThat(bench.events()).singleElement().asString().startsWith("BLOCK_JOB_CANCELLED");
    }

    @ParameterizedTest
    @CsvSource({
        "block-job-cancel, DeviceNotActive: No active block job on device 'drive0'",
        "block-job-complete, DeviceNotActive: No active block job on device 'drive0'"
    })
    void saysWhenThereIsNoJob(String command, String error) {
        assertThat(text(new Bench(Dialect.QEMU_1_3).command(command, DRIVE))).isEqualTo(error);
    }

    @Test
    void takesOneJobADisk() {
        Bench bench = mirroringIn13();
        Map<String, Object> again = Map.of("device", "drive0", "target", "dst", "mode", "existing", "sync", "full");
        assertThat(text(bench.command("drive-mirror", again))).isEqualTo("GenericError: Device 'drive0' is in use");
    }

    @Test
    void tellsInItsSchemaThatATransactionCanReopen() {
        String schema = text(new Bench(Dialect.ATOMIC).command("query-qmp-schema", Map.of()));
        assertThat(List.of("case=drive-reopen", "case=block-job-cancel")).allMatch(schema::contains);
    }
}
