package dev.blockcopy.engine.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.engine.CopyJob;
import dev.blockcopy.engine.JournalLine;
import dev.blockcopy.engine.store.SqliteJobStore;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.JobState;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class EngineCopiesTest {
    @TempDir
    Path dir;

    /** The owner of a paused guest was stopped: its monitor takes no other client. A guest that can be let go is waited for longer. */
    @Test
    @Timeout(10)
    void isClosedThoughAGuestIsPausedBehindAMonitorThatDoesNotAnswer() throws Exception {
        assertThat(Follower.LEAVE_MAX.toSeconds()).isGreaterThan(10);
        Path monitor = dir.resolve("q.sock");
        Path file = dir.resolve("jobs.db");
        Sample paused = Sample.in(JobState.PIVOTING).with(Facts.RESUME_DUE, true);
        CopyJob job = paused.report().job();
        try (ServerSocketChannel mute = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            mute.bind(UnixDomainSocketAddress.of(monitor));
            try (SqliteJobStore store = SqliteJobStore.open(file)) {
                store.insert(
                        job.with(job.spec().withMonitor(monitor)),
                        new JournalLine(Instant.EPOCH, "", "REQUEST", "REQUESTED", "", "checked"));
            }
            try (Copies copies = EngineCopies.open(file, false)) {
                assertThat(copies.takeOver()).containsExactly(Sample.ID);
            }
        }
    }
}
