package dev.blockcopy.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job on a small disk, and what it says when something is broken on purpose. */
class StoryTest {
    private final StringWriter text = new StringWriter();

    @TempDir
    private Path dir;

    private StoryPlan small() {
        return StoryPlan.of(dir, 1).withSize(4 << 20).withCopyOptions();
    }

    private boolean tell(StoryPlan plan) throws Exception {
        return new Story(plan, new PrintWriter(text, true)).tell();
    }

    @Test
    void tellsTheMainJob() throws Exception {
        assertThat(tell(small())).as(text.toString()).isTrue();
        assertThat(text.toString()).contains(" 0 lost", "RETREATING", "(killed)", "PIVOTED");
        String last = text.toString().lines().reduce((before, line) -> line).orElse("");
        assertThat(Sources.text(Sources.root().resolve("README.md")))
                .as("the run that the front page shows is of this version")
                .contains(last);
    }

    @Test
    void failsWhenTheSealIsSkipped() throws Exception {
        assertThat(tell(small().withCopyOptions("--no-pause"))).isFalse();
        assertThat(text.toString()).contains("a sealed pivot has the guest paused");
    }

    @Test
    void failsWhenTheRecoveryTakesTheWrongImage() throws Exception {
        assertThat(tell(small().withRecoverer(WrongImageEngine.class))).isFalse();
        assertThat(text.toString())
                .contains("the engine names the guest's disk, destination.raw: source.raw")
                .containsPattern("[1-9][0-9]* acknowledged records are lost");
    }
}
