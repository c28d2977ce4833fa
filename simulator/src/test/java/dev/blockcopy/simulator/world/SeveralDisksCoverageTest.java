package dev.blockcopy.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.model.lifecycle.Cell;
import dev.blockcopy.model.lifecycle.JobState;
import dev.blockcopy.model.lifecycle.Lifecycle;
import dev.blockcopy.simulator.check.Bounds;
import dev.blockcopy.simulator.check.Watch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** L2 of two disks: what two disks have a use for is taken in some small world of theirs, but for what is named here. */
@Tag("once")
class SeveralDisksCoverageTest {
    private record Asked(String variant, String faults, int requests) {}

    private static final List<Asked> ASKED = List.of(
            new Asked("", "mgr=1,qemu=1", 0),
            new Asked("", "refusal=1,cut=1", 0),
            new Asked("", "resume=1", 0),
            new Asked("", "another=1", 0),
            new Asked("", "io=1", 0),
            new Asked("", "dismiss=1", 0),
            new Asked("", "backlog=1", 0),
            new Asked("", "none", 1),
            new Asked("", "change=1", 1),
            new Asked("guest=running", "qemu=1", 1),
            new Asked("guest=running", "mgr=1", 1));

    /** Several disks begin where all jobs stream, and have neither a reopen, with its witness, nor pending first. */
    private static final Set<JobState> NOT_OF_SEVERAL = EnumSet.of(
            JobState.REQUESTED,
            JobState.MAKING,
            JobState.PLACING,
            JobState.OPENING,
            JobState.FORMATTING,
            JobState.FORMATTED,
            JobState.CLOSING,
            JobState.ATTACHING,
            JobState.STARTING,
            JobState.WITNESSING,
            JobState.HANDING_OVER,
            JobState.CONVERGING,
            JobState.STEADYING,
            JobState.FINISHING,
            JobState.TESTIFYING,
            JobState.WITHDRAWING,
            JobState.UNWITNESSING,
            JobState.UNFORMATTING,
            JobState.CLEARING,
            JobState.REMOVING);

    /** Taken in worlds of one to six million states, for which no build waits: two faults, or one and a request. */
    private static final List<String> OF_LARGE_WORLDS = List.of(
            "GAUGING on GUEST_RUNS where behind it PIVOTING and not let go for another disk",
            "GAUGING on GUEST_PAUSED where behind it PIVOTING and another disk needs the pause",
            "GAUGING on RESUMED where behind it PIVOTING",
            "FORCING on ANOTHER_QEMU where switch never told and no witness left",
            "JUDGING on JOB_READY where behind it PIVOTING and not pending first and just refused and paused by us, last to need it",
            "JUDGING on JOB_READY where behind it PIVOTING and not pending first and just refused and paused by us, another disk needs it",
            "JUDGING on JOB_READY where behind it PIVOTING and not pending first and just refused and not paused by us",
            "CONCLUDED on ANOTHER_QEMU where failed, file kept and no witness left");

    /** Not seen of two disks: most take two faults in one run beside a third. A disk alone takes all but the last. */
    private static final List<String> NOT_SEEN = List.of(
            "JUDGING on MONITOR_LOST where behind it IN_DOUBT",
            "PROVING on MONITOR_LOST where behind it STREAMING",
            "PROVING on MONITOR_LOST where behind it MIRRORING",
            "PROVING on MONITOR_LOST where behind it IN_DOUBT",
            "IN_DOUBT on ENDED",
            "IN_DOUBT on RESUMED where sealed, or paused by us",
            "CONCLUDED on CONNECTED where paused by us, another disk needs it");

    private final Set<Cell.Row> taken = new LinkedHashSet<>();
    private final Set<Cell.Row> ofUse = new LinkedHashSet<>();

    @Test
    void takesEveryRowThatSeveralDisksHaveAUseForButThoseThatAreNamed() {
        ASKED.forEach(this::ask);
        List<String> missed = new ArrayList<>(ofUse.stream().map(Cell.Row::name).toList());
        missed.removeAll(taken.stream().map(Cell.Row::name).toList());
        List<String> named = new ArrayList<>(OF_LARGE_WORLDS);
        named.addAll(NOT_SEEN);
        assertThat(missed).containsExactlyInAnyOrderElementsOf(named);
        Set<JobState> without = EnumSet.allOf(JobState.class);
        ofUse.forEach(row -> without.remove(row.from()));
        without.removeIf(JobState::isTerminal);
        assertThat(without).isEqualTo(NOT_OF_SEVERAL);
        Set<JobState> left = EnumSet.allOf(JobState.class);
        taken.forEach(row -> left.removeAll(List.of(row.from(), row.to())));
        left.remove(JobState.HOSED);
        assertThat(left).isEqualTo(NOT_OF_SEVERAL);
    }

    private void ask(Asked asked) {
        List<String> choices = asked.variant().isEmpty() ? List.of() : List.of(asked.variant());
        Inquiry inquiry = new Inquiry(
                Variant.of(choices), Inquiry.faults(Arrays.asList(asked.faults().split(","))), asked.requests(), 2);
        Answer answer = inquiry.ask(
                inquiry.world(Lifecycle.TABLE), Guarantees.named(List.of("S3")), Bounds.standard(), Watch.NONE);
        List<Cell.Row> some = new ArrayList<>(Lifecycle.TABLE.rows());
        some.removeAll(answer.rowsNeverTaken());
        taken.addAll(some);
        ofUse.addAll(answer.rowsOfThisWorld());
    }
}
