package dev.blockcopy.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.engine.CopyJob;
import dev.blockcopy.engine.Dialect;
import dev.blockcopy.engine.JobStore;
import dev.blockcopy.model.lifecycle.Facts;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that an older blockcopy wrote is brought to the schema of today, with all that its jobs remember. */
class MigrationTest {
    @TempDir
    private Path dir;

    @Test
    void keepsTheJobsOfVersionOneAsJobsOfTheJobApi() {
        Path file = dir.resolve("jobs.db");
        CopyJob job = Samples.job("copy-0");
        try (JobStore store = SqliteJobStore.open(file)) {
            store.insert(job, Samples.LINE);
        }
        Sqlite.run(file, "ALTER TABLE job DROP COLUMN witness");
        Sqlite.run(
                file,
                "UPDATE job SET spec = json_remove(spec, '$.dialect'),"
                        + " findings = json_remove(findings, '$.witnessBoot'), format = 1");
        Sqlite.run(file, "ALTER TABLE request DROP COLUMN said");
        Sqlite.run(file, "PRAGMA user_version = 1");
        try (JobStore store = SqliteJobStore.open(file)) {
            assertThat(store.list()).isEqualTo(List.of(job));
            assertThat(store.list().get(0).spec().dialect()).isEqualTo(Dialect.JOB_API);
        }
    }

    @Test
    void keepsAWitnessOfVersionThreeAsOneThatQemuHolds() {
        Path file = dir.resolve("jobs.db");
        CopyJob job = Samples.job("copy-0");
        CopyJob given = job.with(job.facts().with(Facts.WITNESS, Facts.Witness.GIVEN));
        try (JobStore store = SqliteJobStore.open(file)) {
            store.insert(given, Samples.LINE);
        }
        Sqlite.run(file, "ALTER TABLE job DROP COLUMN witness");
        Sqlite.run(file, "ALTER TABLE job ADD COLUMN witness INTEGER NOT NULL DEFAULT 1");
        Sqlite.run(file, "UPDATE job SET findings = json_remove(findings, '$.witnessBoot'), format = 2");
        Sqlite.run(file, "PRAGMA user_version = 3");
        try (JobStore store = SqliteJobStore.open(file)) {
            assertThat(store.list()).isEqualTo(List.of(given));
        }
    }

    @Test
    void knowsNotOnWhichSocketTheQemuOfAJobOfVersionFourWasMet() {
        Path file = dir.resolve("jobs.db");
        CopyJob job = Samples.job("copy-0");
        try (JobStore store = SqliteJobStore.open(file)) {
            store.insert(job.with(job.findings().withQemuSocket("1:2:3")), Samples.LINE);
        }
        Sqlite.run(file, "UPDATE job SET findings = json_remove(findings, '$.qemuSocket'), format = 3");
        Sqlite.run(file, "PRAGMA user_version = 4");
        try (JobStore store = SqliteJobStore.open(file)) {
            assertThat(store.list()).isEqualTo(List.of(job));
        }
    }

    @Test
    void hasSeenNothingOnTopOfTheImageOfAJobOfVersionFive() {
        Path file = dir.resolve("jobs.db");
        CopyJob job = Samples.job("copy-0");
        try (JobStore store = SqliteJobStore.open(file)) {
            store.insert(job.with(job.findings().withOnTop("/images/overlay.qcow2")), Samples.LINE);
        }
        Sqlite.run(file, "UPDATE job SET findings = json_remove(findings, '$.onTop'), format = 4");
        Sqlite.run(file, "PRAGMA user_version = 5");
        try (JobStore store = SqliteJobStore.open(file)) {
            assertThat(store.list()).isEqualTo(List.of(job));
        }
    }
}
