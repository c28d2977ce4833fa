package dev.blockcopy.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SQLite's own code is unpacked once, whole, and nothing else is left of it. */
class NativeLibraryTest {
    @TempDir
    private Path cache;

    private List<Path> filesIn(Path folder) throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    @Test
    void isUnpackedOnceForAllProcesses() throws Exception {
        Path folder = NativeLibrary.in(cache);
        Path library = filesIn(folder).get(0);
        FileTime longAgo = FileTime.fromMillis(0);
        Files.setLastModifiedTime(library, longAgo);

        assertThat(NativeLibrary.in(cache)).isEqualTo(folder);
        assertThat(filesIn(folder)).containsExactly(library);
        assertThat(Files.getLastModifiedTime(library)).isEqualTo(longAgo);
        assertThat(folder.getFileName().toString()).matches("sqlite-[0-9.]+");
    }

    @Test
    void isUnpackedAgainWhereOnlyHalfOfItIsThere() throws Exception {
        Path library = filesIn(NativeLibrary.in(cache)).get(0);
        long size = Files.size(library);
        Files.write(library, new byte[100]);

        NativeLibrary.in(cache);

        assertThat(library).hasSize(size);
    }

    @Test
    void leavesNothingBehindWhenItsProcessIsKilled() throws Exception {
        Path temporary = Files.createDirectory(cache.resolve("tmp"));
        Process process = SavingProcess.start(temporary, cache.resolve("jobs.db"), "save", "copy-1");
        SavingProcess.outputOf(process).readLine();
        process.destroyForcibly().waitFor();

        assertThat(filesIn(temporary)).isEmpty();
    }
}
