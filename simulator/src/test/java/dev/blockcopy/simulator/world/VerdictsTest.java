package dev.blockcopy.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.simulator.check.Bounds;
import dev.blockcopy.simulator.check.Watch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The page of verdicts is what the checker says; larger rows are left to the command. */
@Tag("once")
class VerdictsTest {
    private static final Path PAGE = Path.of("../docs/verdicts.md");
    private static final int SMALL = 25_000;

    @Test
    void thePageSaysWhatTheCheckerSays() throws IOException {
        String page = Files.readString(PAGE);
        int compared = 0;
        for (Matrix.Row row : Matrix.ROWS) {
            assertThat(page).contains("`: " + row.because() + ". `");
            if (statesOf(page, row) <= SMALL) {
                assertThat(page.lines()).contains(Matrix.cells(Matrix.ask(row, Bounds.standard(), Watch.NONE)));
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(5);
    }

    private static int statesOf(String page, Matrix.Row row) {
        String beginning = "| " + row.name() + " | `" + row.faults() + "` |";
        String line = page.lines()
                .filter(one -> one.startsWith(beginning))
                .findFirst()
                .orElseThrow();
        String[] columns = line.split("\\|");
        return Integer.parseInt(columns[columns.length - 1].strip().replace(",", ""));
    }

    @Test
    void whatShipsHoldsEverywhereButWhereNoProtocolCan() throws IOException {
        List<String> lines = Files.readString(PAGE)
                .lines()
                .filter(line -> line.startsWith("| what ships |"))
                .filter(line -> !line.contains("resume") && !line.contains("mgr=1,stop=1"))
                .toList();
        assertThat(lines).hasSize(6).noneMatch(line -> line.contains("**"));
    }
}
