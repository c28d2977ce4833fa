package dev.blockcopy.simulator.played;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.model.lifecycle.Lifecycle;
import dev.blockcopy.simulator.check.Bounds;
import dev.blockcopy.simulator.check.Finding;
import dev.blockcopy.simulator.check.Watch;
import dev.blockcopy.simulator.world.Answer;
import dev.blockcopy.simulator.world.Guarantees;
import dev.blockcopy.simulator.world.Matrix;
import dev.blockcopy.simulator.world.PlantedBugTest;
import dev.blockcopy.simulator.world.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What the checker finds, the real engine and the fake do as well, over the bytes of QMP. */
@Tag("once")
class PlayedTest {
    private static final Map<String, String> UNPLAYABLE =
            Map.of("S12", "in no lane", "S3", "can't be told to cancel by force");

    @TempDir
    private Path dir;

    private int folders;

    @TestFactory
    Stream<DynamicTest> everyViolationOfTheMatrixComesTrue() throws IOException {
        List<String> violated = Files.readAllLines(Path.of("../docs/verdicts.md"));
        return Matrix.ROWS.stream()
                .filter(row -> violated.stream()
                        .anyMatch(line -> line.contains("**")
                                && line.startsWith("| " + row.name() + " | `" + row.faults() + "` |")))
                .map(row -> DynamicTest.dynamicTest(row.name() + ", " + row.faults(), () -> play(row)));
    }

    private void play(Matrix.Row row) throws Exception {
        Answer answer = row.inquiry().ask(Guarantees.SAFETY, Bounds.standard(), Watch.NONE);
        assertThat(answer.violated()).isNotEmpty();
        for (Finding finding : answer.violated()) {
            Played played = play(Script.of(answer, finding.traces().get(0)));
            assertThat(played.seen()).isEqualTo(played.said());
            assertThat(played.wrongs())
                    .anyMatch(wrong -> wrong.startsWith(finding.property().name() + ":"));
        }
    }

    private Played play(Script script) throws IOException, DivergedException {
        assertThat(Player.unplayable(script)).isEmpty();
        return new Player(script, Files.createDirectory(dir.resolve("run-" + ++folders))).play();
    }

    @TestFactory
    Stream<DynamicTest> everyPlantedBugComesTrue() {
        return PlantedBugTest.PLANTED.stream()
                .map(planted -> DynamicTest.dynamicTest(planted.guarantee(), () -> play(planted)));
    }

    private void play(PlantedBugTest.Planted planted) throws Exception {
        Answer answer = planted.answer();
        Script script = Script.of(answer, answer.violated().get(0).traces().get(0));
        if (UNPLAYABLE.containsKey(planted.guarantee())) {
            assertThat(Player.unplayable(script))
                    .hasValueSatisfying(why -> assertThat(why).contains(UNPLAYABLE.get(planted.guarantee())));
            return;
        }
        Played played = play(script);
        assertThat(played.seen()).isEqualTo(played.said());
    }

    /** A run of a wrong table, played with the right one: the engine comes to another end. */
    @Test
    void aRunOfAWrongTableDoesNotComeTrueWithTheRightOne() throws Exception {
        Answer answer = PlantedBugTest.PLANTED.get(0).answer();
        Script script = Script.of(answer, answer.violated().get(0).traces().get(0));
        Script ofAnotherTable =
                new Script(script.inquiry(), Lifecycle.TABLE, script.job(), script.beginning(), script.deeds());
        assertThat(play(ofAnotherTable).isSame()).isFalse();
    }
}
