package dev.blockcopy.engine.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blockcopy.engine.CopyJob;
import dev.blockcopy.engine.JournalLine;
import dev.blockcopy.engine.StoreException;
import dev.blockcopy.engine.store.SqliteJobStore;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.JobState;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class EngineCopiesTest {
    @TempDir
    Path dir;

    @Test
    void whatWasEmptiedIsNoStoreButForOneWhoMayMakeIt() throws Exception {
        Path emptied = Files.createFile(dir.resolve("emptied.db"));
        assertThatThrownBy(() -> EngineCopies.open(emptied, false))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("store " + emptied + ": it is empty");
        assertThat(emptied).isEmptyFile();
        EngineCopies.open(emptied, true).close();
        EngineCopies.open(emptied, false).close();
    }

    /** The owner of a paused guest was stopped: its monitor takes no other client. A guest that can be let go is waited for longer. */
    @Test
    @Timeout(14)
    void isClosedThoughAGuestIsPausedBehindAMonitorThatDoesNotAnswer() throws Exception {
        assertThat(Follower.LEAVE_MAX.toSeconds()).isGreaterThan(14);
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
