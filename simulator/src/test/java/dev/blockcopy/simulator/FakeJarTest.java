package dev.blockcopy.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The fake as it is shipped, in one jar, before clients in Python; here, because its own tests run before it is packed. */
class FakeJarTest {
    private static final Path TARGET = Path.of("..", "qemu-fake", "target");

    @Test
    @Timeout(180)
    void servesClientsInPython() throws IOException, InterruptedException {
        Path jar = TARGET.resolve("qemu-fake.jar");
        isThere("a jar packed from these classes", Files.exists(jar) && isNewest(jar));
        isThere(
                "python3 on the path",
                List.of(System.getenv("PATH").split(":")).stream()
                        .anyMatch(place -> Files.isExecutable(Path.of(place, "python3"))));
        ProcessBuilder tests =
                new ProcessBuilder("python3", "src/test/resources/fake_jar_test.py").redirectErrorStream(true);
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        tests.environment().put("FAKE", java + " -jar " + jar.toAbsolutePath());
        Process process = tests.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(said).contains("Ran 4 tests").contains("\nOK\n");
    }

    private static void isThere(String what, boolean isSo) {
        if (!isSo) {
            System.out.println("skipped: there is no " + what);
        }
        assumeTrue(isSo, what);
    }

    private static boolean isNewest(Path jar) throws IOException {
        try (Stream<Path> classes = Files.walk(TARGET.resolve("classes"))) {
            long newest = classes.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().lastModified())
                    .max()
                    .orElse(0);
            return jar.toFile().lastModified() >= newest;
        }
    }
}
