package dev.blockcopy.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.blockcopy.engine.JobStore;
import dev.blockcopy.engine.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is no store of ours is refused in one line, and not a byte of it changes. */
class RefusedFilesTest {
    private static final int PAGE = 4096;

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = directory.resolve("jobs.db");
    }

    /** Tries to open the file and to read all jobs; the message without its beginning, which names the file. */
    private static String refusalOf(Path file) {
        StoreException refusal = catchThrowableOfType(StoreException.class, () -> {
            try (JobStore store = SqliteJobStore.open(file)) {
                store.list();
            }
        });
        assertThat(refusal).as("it was accepted").isNotNull();
        assertThat(refusal.getMessage()).startsWith("store " + file + ": ").doesNotContain("\n");
        return refusal.getMessage().substring(("store " + file + ": ").length());
    }

    private String refusalWithoutChange() throws IOException {
        byte[] before = Files.readAllBytes(file);
        String refusal = refusalOf(file);
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        return refusal;
    }

    private void storeWithJobs(int jobs) {
        try (JobStore store = SqliteJobStore.open(file)) {
            for (int i = 0; i < jobs; i++) {
                store.insert(Samples.job("copy-" + i), Samples.LINE);
            }
        }
    }

    @Test
    void refusesWhatIsNoDatabase() throws IOException {
        Files.writeString(file, "To whom it may concern:\n".repeat(500));
        assertThat(refusalWithoutChange())
                .isEqualTo("this is no SQLite database: move it away, or name another store (--store)");
    }

    @Test
    void refusesADamagedStore() throws IOException {
        storeWithJobs(50);
        byte[] bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, PAGE, bytes.length, (byte) 0x5a);
        Files.write(file, bytes);
        assertThat(refusalWithoutChange()).startsWith("it is damaged (").contains("`sqlite3 " + file + " .recover`");
    }

    @Test
    void refusesAStoreThatWasCutShort() throws IOException {
        storeWithJobs(50);
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), PAGE));
        assertThat(refusalWithoutChange()).startsWith("it is damaged (");
    }

    @Test
    void refusesTheDatabaseOfAnotherApplication() throws IOException {
        Sqlite.run(file, "PRAGMA application_id = 7", "CREATE TABLE bird (name TEXT)");
        assertThat(refusalWithoutChange())
                .isEqualTo("this database belongs to another application (application id 7): name another store"
                        + " (--store)");
    }

    @Test
    void refusesADatabaseWithoutAnOwnerThatHasTables() throws IOException {
        Sqlite.run(file, "CREATE TABLE bird (name TEXT)");
        assertThat(refusalWithoutChange()).startsWith("this database belongs to another application");
    }

    @Test
    void refusesTheSchemaOfANewerOne() throws IOException {
        storeWithJobs(1);
        Sqlite.run(file, "PRAGMA user_version = 99");
        assertThat(refusalWithoutChange())
                .isEqualTo("its schema has version 99, and this blockcopy knows those up to " + Schema.VERSION
                        + ": use the newer blockcopy that wrote it, or name another store (--store)");
    }

    @Test
    void refusesAFactThatItDoesNotKnow() throws IOException {
        storeWithJobs(1);
        Sqlite.run(file, "ALTER TABLE job ADD COLUMN mood TEXT NOT NULL DEFAULT 'GOOD'");
        assertThat(refusalWithoutChange())
                .startsWith("table job lacks the columns [] and has the unknown columns [mood]");
    }

    @Test
    void refusesTheLackOfAFact() throws IOException {
        storeWithJobs(1);
        Sqlite.run(file, "ALTER TABLE job DROP COLUMN wish");
        assertThat(refusalWithoutChange())
                .startsWith("table job lacks the columns [wish] and has the unknown columns []");
    }

    @Test
    void namesJobColumnAndValueThatItDoesNotKnow() throws IOException {
        String remedy = ": use the blockcopy that wrote it, or correct the column with `sqlite3`";
        storeWithJobs(2);
        Sqlite.run(file, "UPDATE job SET wish = 'FLY' WHERE id = 'copy-1'");
        assertThat(refusalWithoutChange())
                .isEqualTo("job copy-1: column wish says 'FLY', which this blockcopy does not know" + remedy);
        Sqlite.run(file, "UPDATE job SET wish = 'STAY', pause = 2");
        assertThat(refusalWithoutChange())
                .isEqualTo("job copy-0: column pause says '2', which this blockcopy does not know" + remedy);
        Sqlite.run(file, "UPDATE job SET pause = 1, format = " + (JobJson.FORMAT + 1));
        assertThat(refusalWithoutChange())
                .isEqualTo("job copy-0: column format says " + (JobJson.FORMAT + 1)
                        + ", which this blockcopy does not know" + remedy);
    }

    @Test
    void namesTheJsonThatItCantRead() throws IOException {
        storeWithJobs(1);
        Sqlite.run(file, "UPDATE job SET spec = '{}'");
        assertThat(refusalWithoutChange()).startsWith("job copy-0: column spec can't be read (");
        storeAgain();
        Sqlite.run(file, "UPDATE job SET findings = '{' || char(10)");
        assertThat(refusalWithoutChange()).startsWith("job copy-0: column findings can't be read (");
        storeAgain();
        Sqlite.run(file, "UPDATE job SET id = 'copy-7'");
        assertThat(refusalWithoutChange()).startsWith("job copy-7: column spec is that of job copy-0");
    }

    private void storeAgain() throws IOException {
        Files.delete(file);
        storeWithJobs(1);
    }

    @Test
    void refusesADirectory() throws IOException {
        Files.createDirectory(file);
        assertThat(refusalOf(file)).isEqualTo("this is a directory: name a file in it (--store)");
        assertThat(refusalOf(Path.of("/"))).isEqualTo("this is a directory: name a file in it (--store)");
    }

    @Test
    void refusesAFileThatIsNoRegularOne() {
        assertThat(refusalOf(Path.of("/dev/null"))).isEqualTo("this is no regular file: name another store (--store)");
    }

    @Test
    void refusesADirectoryThatCantBeMade() throws IOException {
        Files.createFile(file);
        assertThat(refusalOf(file.resolve("below").resolve("jobs.db")))
                .startsWith("its directory " + file.resolve("below") + " can't be made (")
                .endsWith("make it, or name another store (--store)");
    }

    @Test
    void refusesADirectoryThatCantBeWritten() {
        assertThat(refusalOf(Path.of("/proc/jobs.db"))).containsAnyOf("may not write its directory", "can't be opened");
    }

    @Test
    void takesAnEmptyFile() throws IOException {
        Files.createFile(file);
        storeWithJobs(1);
        assertThat(Files.size(file)).isPositive();
    }
}
