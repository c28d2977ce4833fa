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
    /** Small worlds, each with what the others lack: a variant and its faults. */
    private static final List<String> WORLDS = List.of(
            "guest=paused;mgr=1,cut=1",
            "guest=paused;qemu=1,another=1",
            "guest=paused;refusal=1,mgr=1",
            "guest=paused;io=1,backlog=1",
            "guest=paused;resume=1,cut=1",
            "guest=paused;completion=1,switched=1",
            "guest=paused;cancel=1,dismiss=1,cut=1",
            "guest=paused;another=1,cut=1,resume=1",
            "guest=pending-first;mgr=1,cut=1",
            "guest=pending-first;qemu=1,another=1",
            "guest=pending-first;refusal=1,mgr=1",
            "guest=pending-first;cancel=1,resume=1,cut=1",
            "guest=running;qemu=1,cut=1",
            "guest=running;refusal=1,mgr=1",
            "switch=reopen,guest=paused;mgr=1,resume=1",
            "switch=reopen,guest=paused;refusal=1",
            "switch=reopen,guest=paused;another=1,mgr=1",
            "guest=paused;change=1,cut=1",
            "guest=paused;change=1,mgr=1,resume=1",
            "guest=paused;change=1,dismiss=1,mgr=1",
            "switch=reopen,guest=paused,evidence=reply+graph+witness;open-dst=1,open-src=1,resume=1,cut=1",
            "switch=reopen,guest=paused,evidence=reply+graph+witness;change=1,mgr=1",
            "switch=reopen,guest=running,evidence=reply+graph+witness;open-dst=1,open-src=1,another=1,cut=1",
            "switch=reopen,guest=paused,evidence=reply+graph+witness;refusal=1,open-dst=1,open-src=1",
            "switch=reopen,guest=running,evidence=reply+graph+witness;refusal=1,qemu=1",
            "switch=reopen,guest=running,evidence=reply+graph+witness;qemu=1,cut=1",
            "switch=reopen,guest=paused,evidence=reply+graph+witness;io=1,cut=1",
            "switch=reopen,guest=running,evidence=reply+graph+witness;open-dst=1,open-src=1,cut=1",
            "switch=reopen,guest=paused,evidence=reply+graph+witness;qemu=1,cut=1",
            "switch=reopen,guest=paused,evidence=reply+graph+witness;qemu=1,refusal=1",
            "switch=transaction-reopen,guest=paused;open-dst=1,cut=1",
            "switch=transaction-reopen,guest=running;open-dst=1,cut=1",
            "switch=reopen,guest=running;open-dst=1,open-src=1,mgr=1");

    /**
     * What only a QEMU could do that no world has: one whose mirror is gone before its end is told, and one that answers
     * again after nobody listened and nobody had the images open. What several disks do to one another is left to
     * {@link SeveralDisksTest}.
     */
    private static final List<String> NEVER = List.of("STEADYING on JOB_ABSENT", "TESTIFYING on CONNECTED");

    @Test
    void takesEveryRowButThoseOfAQemuThatNoWorldHas() {
        Set<Cell.Row> never = new LinkedHashSet<>(Lifecycle.TABLE.rows());
        for (String world : WORLDS) {
            String[] parts = world.split(";");
            Inquiry inquiry = new Inquiry(
                    Variant.of(List.of(parts[0].split(","))), Inquiry.faults(List.of(parts[1].split(","))), 1);
            never.retainAll(rowsNeverTaken(inquiry));
        }
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
