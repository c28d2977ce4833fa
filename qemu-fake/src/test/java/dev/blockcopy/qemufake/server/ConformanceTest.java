package dev.blockcopy.qemufake.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.blockcopy.qemufake.conformance.ProcessTarget;
import dev.blockcopy.qemufake.conformance.Scenario;
import dev.blockcopy.qemufake.conformance.ScenarioPlayer;
import dev.blockcopy.qemufake.conformance.Target;
import dev.blockcopy.qemufake.conformance.TranscriptDiff;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every scenario against the fake, and against a real QEMU where there is one: both say what was recorded.
 *
 * <p>One scenario alone: {@code -Dscenario=p04-malformed}. The scenarios of an arm are played side by side, since most
 * of their time is waiting.
 */
class ConformanceTest {
    private static final Path FOLDER = Path.of("src/test/resources/conformance");
    private static final Path TRANSCRIPTS = FOLDER.resolve("transcripts");
    private static final String ONLY = System.getProperty("scenario", "");
    private static final int AT_ONCE = 10;
    private static final int ALONE = 3;

    @TestFactory
    Stream<DynamicTest> theFakeSaysWhatARealQemuSaid() throws IOException {
        return play(FakeTarget::new);
    }

    @TestFactory
    @Tag("once")
    Stream<DynamicTest> aRealQemuSaysItStill() throws IOException {
        if (!RealQemuTest.hasQemu() && !Boolean.getBoolean("blockcopy.qemu.required")) {
            System.out.println("skipped: no qemu-system-x86_64 to play the scenarios against");
            assumeTrue(false, "no qemu-system-x86_64");
        }
        return play(() -> new ProcessTarget(List.of("qemu-system-x86_64")));
    }

    private static Stream<DynamicTest> play(Supplier<Target> target) throws IOException {
        ExecutorService players = Executors.newFixedThreadPool(AT_ONCE);
        Map<Scenario, Future<ScenarioPlayer.Outcome>> outcomes = new LinkedHashMap<>();
        List<Scenario> scenarios = scenarios();
        for (Scenario scenario : scenarios) {
            if (!isLeftOut(scenario)) {
                outcomes.put(scenario, players.submit(() -> ScenarioPlayer.play(scenario, target.get())));
            }
        }
        players.shutdown();
        return scenarios.stream()
                .map(scenario -> DynamicTest.dynamicTest(
                        scenario.name(), () -> check(scenario, outcomes.get(scenario), target)));
    }

    private static List<Scenario> scenarios() throws IOException {
        List<Scenario> scenarios = new ArrayList<>();
        try (Stream<Path> files = Files.list(FOLDER.resolve("scenarios"))) {
            for (Path file : files.sorted().toList()) {
                Scenario scenario = Scenario.read(file);
                if (scenario.name().startsWith(ONLY)) {
                    scenarios.add(scenario);
                }
            }
        }
        return scenarios;
    }

    private static boolean isLeftOut(Scenario scenario) {
        boolean isRoot = "root".equals(System.getProperty("user.name"));
        return scenario.needsRoot() && !isRoot || scenario.needsQemuTools() && !RealQemuTest.hasQemu();
    }

    /** What differs is played again by itself before it is judged: among others it may have come too late. */
    private static void check(Scenario scenario, Future<ScenarioPlayer.Outcome> played, Supplier<Target> target)
            throws Exception {
        assumeTrue(played != null, "needs root, or QEMU's tools");
        List<String> complaints = complaints(scenario, played.get());
        for (int i = 0; i < ALONE && !complaints.isEmpty(); i++) {
            System.out.println(scenario.name() + " is played again by itself");
            complaints = complaints(scenario, ScenarioPlayer.play(scenario, target.get()));
        }
        assertThat(complaints).as(scenario.name()).isEmpty();
    }

    /** None where it is as recorded in one of the ways; else the shortest. */
    private static List<String> complaints(Scenario scenario, ScenarioPlayer.Outcome outcome) throws IOException {
        List<String> nearest = null;
        for (Path recording : recordings(scenario)) {
            List<String> complaints =
                    new ArrayList<>(TranscriptDiff.of(Files.readAllLines(recording), outcome.lines()));
            complaints.addAll(outcome.failures());
            nearest = nearest == null || complaints.size() < nearest.size() ? complaints : nearest;
        }
        return nearest;
    }

    private static List<Path> recordings(Scenario scenario) throws IOException {
        List<Path> recordings = new ArrayList<>();
        try (Stream<Path> files = Files.list(TRANSCRIPTS)) {
            files.filter(file -> nameOf(file).equals(scenario.name())).sorted().forEach(recordings::add);
        }
        assertThat(recordings).as("recordings of " + scenario.name()).isNotEmpty();
        return recordings;
    }

    /** The scenario that a recording is of. */
    private static String nameOf(Path recording) {
        return recording.getFileName().toString().replaceFirst("\\..*", "");
    }

    @Test
    void onlyWhatIsARaceIsRecordedInMoreThanOneWay() throws IOException {
        Set<String> seen = new HashSet<>();
        Set<String> twice = new TreeSet<>();
        try (Stream<Path> files = Files.list(TRANSCRIPTS)) {
            files.map(ConformanceTest::nameOf).filter(name -> !seen.add(name)).forEach(twice::add);
        }
        assertThat(twice).isEqualTo(KnownDifferences.RACES.keySet());
    }

    @Test
    void noticesATranscriptThatWasNeverRecorded() throws IOException {
        for (String name : KnownDifferences.RACES.keySet()) {
            Scenario scenario = Scenario.read(FOLDER.resolve("scenarios/" + name + ".json"));
            for (Path recording : recordings(scenario)) {
                List<String> planted = Files.readAllLines(recording).stream()
                        .map(line -> line.replace("\"return\"", "\"error\""))
                        .toList();
                assertThat(complaints(scenario, new ScenarioPlayer.Outcome(planted, List.of())))
                        .as(recording.toString())
                        .isNotEmpty();
            }
        }
    }
}
