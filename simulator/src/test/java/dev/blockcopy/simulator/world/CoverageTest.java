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
import org.junit.jupiter.api.Test;

/** L2: nothing of the table is vacuous; every row is taken in some world, but for those that are named here. */
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
            "guest=running;qemu=1,cut=1",
            "guest=running;refusal=1,mgr=1",
            "switch=reopen,guest=paused;mgr=1,resume=1",
            "switch=reopen,guest=paused;refusal=1",
            "switch=reopen,guest=running,evidence=reply+graph+witness;qemu=1,cut=1",
            "switch=reopen,guest=paused,evidence=reply+graph+witness;io=1,cut=1",
            "switch=reopen,guest=running,evidence=reply+graph+witness;open-dst=1,open-src=1,cut=1",
            "switch=transaction-reopen,guest=paused;open-dst=1,cut=1",
            "switch=transaction-reopen,guest=running;open-dst=1,cut=1",
            "switch=reopen,guest=running;open-dst=1,open-src=1,mgr=1");

    /**
     * In these worlds no file and no witness is refused, none is a new raw one, nobody puts another image into the drive
     * (the one way to be in doubt with a session), and any QEMU will do where nothing of the job is in it.
     */
    private static final List<String> NEVER = List.of(
            "REQUESTED on ANOTHER_QEMU where existing file",
            "REQUESTED on ANOTHER_QEMU where new file",
            "MAKING on REFUSED",
            "PLACING on DONE where no qcow2 to make",
            "PLACING on REFUSED",
            "PLACING on ANOTHER_QEMU where new file",
            "HANDING_OVER on REFUSED where sealed pivot",
            "HANDING_OVER on REFUSED where pivot without pause",
            "STEADYING on JOB_ABSENT",
            "PROVING on NO_MEDIUM where not lost in a reopen",
            "PROVING on ON_ANOTHER",
            "TESTIFYING on REFUSED where offline",
            "TESTIFYING on WITNESS_WRITTEN where online",
            "TESTIFYING on REFUSED where online",
            "TESTIFYING on CONNECTED",
            "TESTIFYING on RESUMED where seal whole",
            "TESTIFYING on MONITOR_LOST where behind it IN_DOUBT",
            "IN_DOUBT on ENDED",
            "IN_DOUBT on KEEP_SOURCE where online and paused by us",
            "IN_DOUBT on KEEP_SOURCE where online and not paused by us",
            "IN_DOUBT on KEEP_DESTINATION where online and paused by us",
            "IN_DOUBT on KEEP_DESTINATION where online and not paused by us",
            "IN_DOUBT on RESUMED where seal whole",
            "IN_DOUBT on MONITOR_LOST",
            "CONCLUDED on ANOTHER_QEMU where our file is worthless",
            "DETACHING on DONE where nothing of the formatting left and our file is worthless",
            "DETACHING on REFUSED where nothing of the formatting left and our file is worthless",
            "REMOVING on REFUSED");

    @Test
    void takesEveryRowButThoseOfFaultsThatNoWorldHas() {
        Set<Cell.Row> never = new LinkedHashSet<>(Lifecycle.TABLE.rows());
        for (String world : WORLDS) {
            String[] parts = world.split(";");
            Inquiry inquiry = new Inquiry(
                    Variant.of(List.of(parts[0].split(","))), Inquiry.faults(List.of(parts[1].split(","))), 1);
            never.retainAll(rowsNeverTaken(inquiry));
        }
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
