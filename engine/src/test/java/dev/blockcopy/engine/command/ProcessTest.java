package dev.blockcopy.engine.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.qemufake.server.FakeQemu;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the command says in a process of its own when its surroundings are wrong: one line, and nothing made. */
@Timeout(120)
class ProcessTest {
    /** How it ended and all that it said. */
    private record Ended(int code, String said) {}

    @TempDir
    private Path dir;

    private static Ended run(Map<String, String> environment, List<String> words) throws Exception {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp"));
        command.add(System.getProperty("java.class.path"));
        command.add(Blockcopy.class.getName());
        command.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes());
        return new Ended(process.waitFor(), said);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jobs",
                "status copy-1",
                "pivot copy-1",
                "abort copy-1",
                "watch",
                "recover",
                "resolve copy-1 --keep source --because seen"
            })
    void whoOnlyAsksMakesNoStore(String words) throws Exception {
        Path store = dir.resolve("typo.db");
        List<String> all = new ArrayList<>(List.of(words.split(" ")));
        all.addAll(List.of("--store", store.toString()));

        Ended ended = run(Map.of(), all);

        assertThat(ended.said())
                .startsWith("blockcopy: store " + store + ": there is none")
                .hasLineCount(1);
        assertThat(ended.code()).isEqualTo(ExitCode.ENVIRONMENT.number());
        assertThat(store).doesNotExist();
    }

    @Test
    void anInstantThatIsNoneIsRefusedInOneLine() throws Exception {
        Path store = Files.writeString(dir.resolve("jobs.db"), "not looked at");

        Ended ended = run(Map.of("BLOCKCOPY_FAILPOINT", "amid:STOP"), List.of("jobs", "--store", store.toString()));

        assertThat(ended.said())
                .startsWith("blockcopy: BLOCKCOPY_FAILPOINT=amid:STOP is no instant: give ")
                .hasLineCount(1);
        assertThat(ended.code()).isEqualTo(ExitCode.USAGE.number());
        assertThat(store).hasContent("not looked at");
    }

    @Test
    void theWireHasOnlyWhatIsSaidToQemu() throws Exception {
        Path socket = dir.resolve("vm.qmp");
        Path source = Files.write(dir.resolve("source.raw"), new byte[1 << 16]);
        FakeQemu qemu =
                FakeQemu.builder().drive("vda", source).withoutDescriptors().start(socket);
        try {
            String words = "copy --wire-log --pivot --disk vda --format raw --qmp " + socket + " --dest "
                    + dir.resolve("copy.raw") + " --store " + dir.resolve("jobs.db");

            Ended ended = run(Map.of(), List.of(words.split(" ")));

            assertThat(ended.code()).as(ended.said()).isEqualTo(ExitCode.DONE.number());
            assertThat(ended.said()).contains(socket + " > {").doesNotContain("rehears");
        } finally {
            qemu.close();
        }
    }
}
