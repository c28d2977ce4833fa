package dev.blockcopy.simulator.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a campaign leaves on the page of results. */
class ResultsPageTest {
    private static final String RULE = "| --- | --- | --- | --- | --- | --- | --- | --- |";

    @TempDir
    private Path dir;

    private static Tally tally(Verdict verdict, int kills, int lost) {
        Tally tally = new Tally();
        tally.add(new Outcome(1, "PIVOTING", kills, verdict, lost, "seen"));
        return tally;
    }

    @Test
    void aCampaignHasOneRowTheLastOneThatWasRun() throws Exception {
        Path file = dir.resolve("page.md");
        Files.writeString(file, "# Page\n\n" + ResultsPage.HEAD + "\n" + RULE + "\n\nMore.\n");
        ResultsPage page = new ResultsPage(file);

        page.put("campaign both-killed --seed 1", tally(Verdict.LOST, 2, 3));
        page.put("crashes --seed 2", tally(Verdict.RIGHT, 1, 0));
        page.put("campaign both-killed --seed 1", tally(Verdict.DOUBT, 2, 0));

        assertThat(file)
                .hasContent("# Page\n\n" + ResultsPage.HEAD + "\n" + RULE + "\n"
                        + "| `campaign both-killed --seed 1` | 1 | 2 | 0 | 1 | 0 | 0 | PIVOTING 1 |\n"
                        + "| `crashes --seed 2` | 1 | 1 | 1 | 0 | 0 | 0 | PIVOTING 1 |\n\nMore.\n");
    }

    @Test
    void aPageWithoutATableIsLeftAlone() throws Exception {
        Path file = Files.writeString(dir.resolve("page.md"), "# Page\n");

        assertThatThrownBy(() -> new ResultsPage(file).put("crashes", new Tally()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("has no table of results");
        assertThat(file).hasContent("# Page\n");
    }

    @Test
    void thePageOnReliabilityHasTheTable() throws Exception {
        assertThat(Path.of("../docs/reliability.md")).content().contains(ResultsPage.HEAD + "\n" + RULE);
    }
}
