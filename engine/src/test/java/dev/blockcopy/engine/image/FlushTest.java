package dev.blockcopy.engine.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlushTest {

    @TempDir
    Path directory;

    @Test
    void flushesTheFileAndThenItsDirectory() throws IOException {
        Path file = Files.writeString(directory.resolve("copy.raw"), "data");
        FileIdentity identity = new SystemFileCalls().status(file).orElseThrow().identity();
        List<String> calls = new ArrayList<>();

        FileOutcome outcome = new Flush(recording(calls)).flush(file, identity);

        assertThat(outcome).isEqualTo(new FileOutcome.Done(identity));
        assertThat(calls).containsExactly("sync copy.raw", "sync " + directory.getFileName());
    }

    @Test
    void refusesAnotherFile() throws IOException {
        Path file = Files.writeString(directory.resolve("copy.raw"), "data");
        FileOutcome outcome = new Flush(new SystemFileCalls()).flush(file, FileIdentity.ofFile(1, 2));
        assertThat(((Refusal) outcome).kind()).isEqualTo(Refusal.Kind.ENVIRONMENT);
        assertThat(((Refusal) outcome).message()).contains("another file");
    }

    private static FileCalls recording(List<String> calls) {
        return new ForwardingFileCalls() {
            @Override
            void after(String call) {
                calls.add(call);
            }
        };
    }
}
