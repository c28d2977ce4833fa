package dev.blockcopy.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.model.lifecycle.Cell;
import dev.blockcopy.model.lifecycle.Lifecycle;
import dev.blockcopy.simulator.check.Bounds;
import dev.blockcopy.simulator.check.Watch;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** L2: nothing of the table is vacuous; every row is taken in some world, but for those that are named here. */
@Tag("once")
class CoverageTest {
    /**
     * What only a QEMU could do that no world has: one whose mirror is gone before its end is told, and one that answers
     * again after nobody listened and nobody had the images open. What several disks do to one another is left to
     * {@link SeveralDisksTest}.
     */
    private static final List<String> NEVER = List.of("STEADYING on JOB_ABSENT", "TESTIFYING on CONNECTED");

    @Test
    void takesEveryRowButThoseOfAQemuThatNoWorldHas() {
        Set<Cell.Row> never = new LinkedHashSet<>(Lifecycle.TABLE.rows());
        Worlds.SMALL.forEach(inquiry -> never.retainAll(rowsNeverTaken(inquiry)));
        never.removeIf(row -> row.name().contains("another disk"));
        assertThat(never).extracting(Cell.Row::name).containsExactlyElementsOf(NEVER);
    }

    /** As rows of the table that ships; a variant replaces some by rows of its own. */
    private static List<Cell.Row> rowsNeverTaken(Inquiry inquiry) {
        List<Cell.Row> never = new ArrayList<>(Lifecycle.TABLE.rows());
        CopyWorld world = inquiry.world(Lifecycle.TABLE);
        never.retainAll(inquiry.ask(world, Guarantees.SAFETY, Bounds.standard(), Watch.NONE)
                .rowsNeverTaken());
        return never;
    }
}
