package dev.blockcopy.qemufake.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.blockcopy.qemufake.FaultGuide;
import dev.blockcopy.qemufake.FaultRule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code docs/fake.md} tells a newcomer to do is done here; its tables are written with {@code -Dscenarios.rewrite}. */
@Timeout(180)
class FakePageTest {
    private static final Path PAGE = Path.of("..", "docs", "fake.md");
    private static final String TABLES = "This part is made from the code.\n\n";
    private static final String FAKE = String.join(
            " ",
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            QemuFake.class.getName());

    @TempDir
    private Path folder;

    private String page;

    @BeforeEach
    void readPage() throws IOException {
        page = Files.readString(PAGE);
    }

    /** The text between a fence with this word and the next fence. */
    private String block(String word) {
        String fence = "```" + word + "\n";
        int start = page.indexOf(fence) + fence.length();
        assertThat(page).as("the page has a block '%s'", word).contains(fence);
        return page.substring(start, page.indexOf("```", start));
    }

    private void save(String word, String name) throws IOException {
        Files.writeString(folder.resolve(name), block(word));
    }

    private static void isThere(String command) {
        boolean isThere = List.of(System.getenv("PATH").split(":")).stream()
                .anyMatch(place -> Files.isExecutable(Path.of(place, command)));
        assumeTrue(isThere, "no " + command + " on the path");
    }

    /** What a command prints, with its exit status behind. */
    private String run(String... command) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("QEMU_FAKE", FAKE);
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(said).isTrue();
        return said + "exit " + process.exitValue();
    }

    @Test
    void theClientFailsOnceAndIsMended() throws IOException, InterruptedException {
        isThere("python3");
        save("python client.py", "client.py");
        save("python test_client.py", "test_client.py");
        assertThat(run("python3", "-m", "unittest", "test_client"))
                .contains(
                        "FAIL: test_after_a_pivot_that_fails_the_disk_is_what_it_was",
                        "copy.raw' != '",
                        "Ran 2 tests",
                        "(failures=1)");
        mend("client.py", "    return target\n", block("python mended"));
        mend("test_client.py", "\n\nif __name__", "\n" + block("python third") + "\n\nif __name__");
        assertThat(run("python3", "-m", "unittest", "test_client")).contains("Ran 3 tests", "OK", "exit 0");
        String journal = "test_after_a_pivot_that_fails_the_disk_is_what_it_was.jsonl";
        assertThat(run((FAKE + " chart " + journal).split(" ")))
                .contains("|------ job-complete id=copy ---", "*** id=pivot-fails,on=completion,do=fail ***")
                .contains("|<..... BLOCK_JOB_COMPLETED error=Input/output error");
    }

    private void mend(String name, String before, String after) throws IOException {
        Path file = folder.resolve(name);
        assertThat(Files.readString(file)).contains(before);
        Files.writeString(file, Files.readString(file).replace(before, after));
    }

    @Test
    void theFileOfRulesIsRead() throws IOException {
        save("yaml faults.yaml", "faults.yaml");
        assertThat(FaultOption.rules(folder.resolve("faults.yaml").toString()).stream()
                        .map(FaultRule::text))
                .hasSize(3)
                .contains("id=target-fills-up,on=write,phase=running,after=4194304,times=always,do=fail,errno=ENOSPC");
    }

    @Test
    void theTablesAreThoseOfTheCode() throws IOException {
        String told = page.substring(0, page.indexOf(TABLES) + TABLES.length());
        if (System.getProperty("scenarios.rewrite") != null) {
            Files.writeString(PAGE, told + FaultGuide.markdown());
        }
        assertThat(PAGE).as("run with -Dscenarios.rewrite to write them anew").hasContent(told + FaultGuide.markdown());
    }
}
