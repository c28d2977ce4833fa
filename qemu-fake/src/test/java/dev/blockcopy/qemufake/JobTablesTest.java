package dev.blockcopy.qemufake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.model.qmp.JobStatus;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** QEMU's two tables, written a second time as lists, so that a slip in one of them shows. */
class JobTablesTest {
    private static final Set<JobStatus> KNOWN = EnumSet.complementOf(EnumSet.of(JobStatus.UNKNOWN));

    private static List<String> rows(java.util.function.BiPredicate<Enum<?>, JobStatus> has, Enum<?>... rows) {
        return Arrays.stream(rows)
                .map(row -> row + ":"
                        + KNOWN.stream()
                                .filter(column -> has.test(row, column))
                                .map(column -> " " + column)
                                .collect(Collectors.joining()))
                .toList();
    }

    @Test
    void aStatusIsFollowedByTheseAlone() {
        assertThat(rows((from, to) -> JobTables.mayFollow((JobStatus) from, to), KNOWN.toArray(new JobStatus[0])))
                .containsExactly(
                        "UNDEFINED: CREATED",
                        "CREATED: RUNNING ABORTING NULL",
                        "RUNNING: PAUSED READY WAITING ABORTING",
                        "PAUSED: RUNNING",
                        "READY: STANDBY WAITING ABORTING",
                        "STANDBY: READY",
                        "WAITING: PENDING ABORTING",
                        "PENDING: ABORTING CONCLUDED",
                        "ABORTING: ABORTING CONCLUDED",
                        "CONCLUDED: NULL",
                        "NULL:");
    }

    @Test
    void aVerbIsTakenInTheseAlone() {
        assertThat(rows((verb, status) -> JobTables.takes(status, (JobVerb) verb), JobVerb.values()))
                .containsExactly(
                        "CANCEL: CREATED RUNNING PAUSED READY STANDBY WAITING PENDING",
                        "PAUSE: CREATED RUNNING PAUSED READY STANDBY",
                        "RESUME: CREATED RUNNING PAUSED READY STANDBY",
                        "SET_SPEED: CREATED RUNNING PAUSED READY STANDBY",
                        "COMPLETE: READY STANDBY",
                        "FINALIZE: PENDING",
                        "DISMISS: CONCLUDED");
    }
}
