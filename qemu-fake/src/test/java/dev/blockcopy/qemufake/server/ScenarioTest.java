package dev.blockcopy.qemufake.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whole dialogues, pinned line by line in {@code scenarios/*.txt}; {@code -Dscenarios.rewrite} writes down what the
 * fake says now, and the difference is the change in its behaviour.
 */
class ScenarioTest {
    private static final Path SCENARIOS = Path.of("src/test/resources/scenarios");

    static Stream<String> scenarios() throws IOException {
        try (Stream<Path> files = Files.list(SCENARIOS)) {
            return files.map(path -> path.getFileName().toString()).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void saysWhatIsWrittenDown(String name) throws IOException {
        List<String> written = Files.readAllLines(SCENARIOS.resolve(name));
        List<String> said = Scenario.play(written, FakeQemu.builder());
        if (System.getProperty("scenarios.rewrite") != null) {
            Files.write(SCENARIOS.resolve(name), said);
        }
        assertThat(said).as(name).isEqualTo(Files.readAllLines(SCENARIOS.resolve(name)));
    }

    @Test
    void noticesALineThatIsNotSo() throws IOException {
        List<String> written = Files.readAllLines(SCENARIOS.resolve("pivot.txt"));
        List<String> planted = written.stream()
                .map(line -> line.replace("\"waiting\"", "\"aborting\""))
                .toList();
        assertThat(planted).isNotEqualTo(written);
        assertThat(Scenario.play(planted, FakeQemu.builder())).isEqualTo(written);
    }
}
