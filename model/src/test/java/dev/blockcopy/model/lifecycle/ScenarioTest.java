package dev.blockcopy.model.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each story goes as it is written; {@code -Dlifecycle.rewrite=true} writes the right sides anew. */
class ScenarioTest {
    @TestFactory
    Stream<DynamicTest> goesAsItIsWritten() {
        return Scenarios.files().stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> check(file)));
    }

    private static void check(Path file) throws IOException {
        List<String> written = Scenarios.linesOf(file);
        List<String> played = Scenario.played(Lifecycle.TABLE, written);
        if (Boolean.getBoolean("lifecycle.rewrite")) {
            Files.write(file, played);
        }
        assertThat(Scenarios.linesOf(file))
                .as("run with -Dlifecycle.rewrite=true to accept the change, and read it")
                .isEqualTo(played);
    }
}
