package dev.blockcopy.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.model.lifecycle.Cell;
import dev.blockcopy.model.lifecycle.Lifecycle;
import dev.blockcopy.simulator.check.Bounds;
import dev.blockcopy.simulator.check.Watch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The page of mutants is of this table, and a sample of it is true; the whole is left to the command. */
@Tag("once")
class MutationTest {
    private static final Path PAGE = Path.of("../docs/mutation.md");
    /** Every so manieth mutant, in the smallest worlds; the rest is asked by {@code blockcopy-sim mutate}. */
    private static final int STRIDE = 31;

    private static final int WORLDS = 6;

    /** What a small world catches no later one catches otherwise; what the page calls caught by none is caught by none. */
    @Test
    void thePageIsTrueOfASample() throws IOException {
        List<String> page = Files.readAllLines(PAGE);
        Mutation mutation = new Mutation(Worlds.ALL.subList(0, WORLDS), Bounds.standard(), Watch.NONE);
        List<Mutant> mutants = Mutants.of(Lifecycle.TABLE);
        int compared = 0;
        for (int i = 0; i < mutants.size(); i += STRIDE) {
            Optional<String> caughtBy = mutation.of(mutants.get(i)).caughtBy().filter(name -> !name.equals("L2"));
            if (caughtBy.isPresent()) {
                assertThat(wordOf(page, mutants.get(i)))
                        .as(mutants.get(i).name())
                        .isEqualTo(caughtBy.get());
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(5);
    }

    private static String wordOf(List<String> page, Mutant mutant) {
        String row = "| " + MutationPage.nameOf(mutant.cell()) + " | ";
        String line = page.stream()
                .skip(page.indexOf("## " + mutant.cell().from()))
                .filter(one -> one.startsWith(row))
                .findFirst()
                .orElseThrow();
        return line.substring(row.length())
                .split("\\|", -1)[MutationPage.column(mutant)]
                .strip();
    }

    /** What nothing catches has a reason, and nothing else has. */
    @Test
    void thePageCallsCaughtByNoneWhatHasAReason() throws IOException {
        List<String> page = Files.readAllLines(PAGE);
        Equivalents reasons = Equivalents.shipped();
        for (Mutant mutant : Mutants.of(Lifecycle.TABLE)) {
            assertThat(List.of("none", "unreached").contains(wordOf(page, mutant)))
                    .as(mutant.name())
                    .isEqualTo(reasons.reasonOf(mutant.name()).isPresent());
        }
    }

    @Test
    void thePageHasEveryRow() throws IOException {
        String page = Files.readString(PAGE);
        for (Cell.Row row : Lifecycle.TABLE.rows()) {
            assertThat(page).contains("\n| " + MutationPage.nameOf(row) + " |");
        }
    }

    @Test
    void everyReasonIsOfAMutant() {
        assertThat(Equivalents.shipped().strangers(Mutants.of(Lifecycle.TABLE))).isEmpty();
    }

    @Test
    void aReasonForWhatIsCaughtIsAContradiction() {
        Mutant mutant = Mutants.of(Lifecycle.TABLE).get(0);
        Mutation.Fate caught = new Mutation.Fate(mutant, true, Optional.of("S1"));
        Mutation.Fate survivor = new Mutation.Fate(mutant, true, Optional.empty());
        Mutation.Fate untaken = new Mutation.Fate(mutant, false, Optional.empty());
        Equivalents reasoned = Equivalents.of("# it changes nothing\n" + mutant.name() + "\n");
        assertThat(reasoned.contradictions(List.of(caught)))
                .containsExactly(mutant.name() + ": is listed as equivalent, and S1 catches it");
        assertThat(reasoned.contradictions(List.of(survivor, untaken))).isEmpty();
        assertThat(Equivalents.of("").contradictions(List.of(survivor, untaken)))
                .containsExactly(
                        mutant.name() + ": survives, and nobody says why",
                        mutant.name() + ": unreached, and nobody says why");
        assertThat(Equivalents.of("# no\nno such row\n").strangers(List.of(mutant)))
                .containsExactly("no such row");
    }

    @Test
    void anErrorIsCaughtInTheFirstWorldThatShowsIt() {
        Mutation mutation = new Mutation(List.of(Worlds.SMALL.get(0)), Bounds.standard(), Watch.NONE);
        Mutant lost = Mutant.withoutEffect(Lifecycle.TABLE, Mutant.row(Lifecycle.TABLE, "RESUMING on DONE"));
        assertThat(mutation.of(lost).word()).isEqualTo("L1");
        Mutant elsewhere = Mutant.dropped(Lifecycle.TABLE, Mutant.row(Lifecycle.TABLE, "PIVOTING on CONNECTED"));
        assertThat(mutation.of(elsewhere).word()).isEqualTo("unreached");
    }

    /** A cancel that is let pass is no refusal: who asked waits for ever. */
    @Test
    void aRequestThatIsLetPassIsCaught() {
        Mutation mutation = new Mutation(List.of(Worlds.SMALL.get(0)), Bounds.standard(), Watch.NONE);
        Mutant deaf = Mutant.dropped(Lifecycle.TABLE, Mutant.row(Lifecycle.TABLE, "APPROACHING on CANCEL"));
        assertThat(mutation.of(deaf).word()).isEqualTo("L3");
    }

    /** The pivot goes out before the intention is written down, and the manager dies between the two. */
    @Test
    void anEffectAheadOfTheJournalIsCaught() {
        Inquiry inquiry =
                new Inquiry(Variant.of(List.of("guest=running")), Inquiry.faults(List.of("mgr=1", "qemu=1")), 1);
        Mutation mutation = new Mutation(List.of(inquiry), Bounds.standard(), Watch.NONE);
        Mutant hasty = Mutant.hasty(
                Lifecycle.TABLE,
                Mutant.row(
                        Lifecycle.TABLE,
                        "APPROACHING on BACKLOG_SMALL where pivot without pause and switch in one step"));
        assertThat(mutation.of(hasty).word()).isEqualTo("S1");
    }
}
