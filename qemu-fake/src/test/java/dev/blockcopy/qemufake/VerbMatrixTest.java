package dev.blockcopy.qemufake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.model.qmp.JobStatus;
import dev.blockcopy.model.qmp.QmpReply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a real QEMU 7.2 answered to every verb in every status, cell by cell. */
class VerbMatrixTest {
    private static final List<String> VERBS =
            List.of("cancel", "force", "job-cancel", "pause", "resume", "set-speed", "complete", "finalize", "dismiss");

    // spotless:off
    private static final Map<String, String> TABLE = Map.of(
        //                 cancel force jcancel pause resume speed compl final dism
        "running",        "ok     ok    ok      ok    E1     ok    E2    E2    E2",
        "paused",         "E3     ok    ok      E4    ok     ok    E2    E2    E2",
        "ready",          "ok     ok    ok      ok    E1     ok    ok    E2    E2",
        "complete-asked", "ok     ok    ok      ok    E1     ok    ok    E2    E2",
        "cancel-asked",   "ok     ok    ok      ok    E1     ok    E5    E2    E2",
        "standby",        "E3     ok    ok      E4    ok     ok    ok    E2    E2",
        "pending",        "ok     ok    ok      E2    E1     E2    E2    ok    E2",
        "concluded",      "E2     E2    E2      E2    E1     E2    E2    E2    ok",
        "absent",         "N1     N1    N2      N1    N1     N1    N1    N1    N1");
    // spotless:on

    static Stream<String[]> cells() {
        List<String[]> cells = new ArrayList<>();
        TABLE.forEach((status, row) -> {
            String[] answers = row.trim().split("\\s+");
            for (int i = 0; i < answers.length; i++) {
                cells.add(new String[] {status, VERBS.get(i), answers[i]});
            }
        });
        return cells.stream();
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @MethodSource("cells")
    void answersAsQemuDoes(String status, String verb, String expected) {
        Bench bench = benchIn(status);
        assertThat(code(apply(bench, verb), verb, status)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @MethodSource("cells")
    void answersTheSameUnderTheJobName(String status, String verb, String expected) {
        if (verb.equals("cancel") || verb.equals("force") || verb.equals("set-speed")) {
            return;
        }
        String name = verb.startsWith("job-") ? verb : "job-" + verb;
        QmpReply reply = benchIn(status).command(name, Map.of("id", "j"));
        assertThat(code(reply, verb, status)).isEqualTo(expected.equals("N1") ? "N2" : expected);
    }

    private static Bench benchIn(String status) {
        Bench bench = new Bench();
        if (status.equals("absent")) {
            return bench;
        }
        bench.mirror(Map.of("auto-finalize", false, "auto-dismiss", false));
        bench.step(JobStep.START);
        if (status.equals("paused")) {
            bench.command("job-pause", Map.of("id", "j"));
        }
        if (status.equals("running") || status.equals("paused")) {
            return bench;
        }
        bench.settle();
        switch (status) {
            case "complete-asked" -> bench.command("job-complete", Map.of("id", "j"));
            case "cancel-asked" -> bench.command("block-job-cancel", Map.of("device", "j"));
            case "standby" -> bench.command("job-pause", Map.of("id", "j"));
            case "pending", "concluded" -> {
                bench.command("job-complete", Map.of("id", "j"));
                bench.settle();
            }
            default -> assertThat(bench.state.statusOf("j")).hasValue(JobStatus.READY);
        }
        if (status.equals("concluded")) {
            bench.command("job-finalize", Map.of("id", "j"));
        }
        return bench;
    }

    private static QmpReply apply(Bench bench, String verb) {
        return switch (verb) {
            case "force" -> bench.command("block-job-cancel", Map.of("device", "j", "force", true));
            case "job-cancel" -> bench.command("job-cancel", Map.of("id", "j"));
            case "set-speed" -> bench.command("block-job-set-speed", Map.of("device", "j", "speed", 1L));
            case "finalize", "dismiss" -> bench.command("block-job-" + verb, Map.of("id", "j"));
            default -> bench.command("block-job-" + verb, Map.of("device", "j"));
        };
    }

    /** The text of an answer as the table's abbreviation; a text that it does not know comes back whole. */
    private static String code(QmpReply reply, String verb, String status) {
        if (!(reply instanceof QmpReply.Failure failure)) {
            return "ok";
        }
        String word = verb.equals("force") || verb.equals("job-cancel") ? "cancel" : verb;
        String shown = status.endsWith("-asked") ? "ready" : status;
        Map<String, String> codes = Map.of(
                "GenericError Can't resume a job that was not paused",
                "E1",
                "GenericError Job 'j' in state '" + shown + "' cannot accept command verb '" + word + "'",
                "E2",
                "GenericError The block job for device 'j' is currently paused",
                "E3",
                "GenericError Job is already paused",
                "E4",
                "GenericError The active block job 'j' cannot be completed",
                "E5",
                "DeviceNotActive Block job 'j' not found",
                "N1",
                "GenericError Job not found",
                "N2");
        String text = failure.errorClass() + " " + failure.description();
        return codes.getOrDefault(text, text);
    }
}
