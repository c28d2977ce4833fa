package dev.blockcopy.engine.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process dies between any two system calls, in making as in removing, and is followed by another. */
class NewDestinationCrashTest {

    private static final String NONCE = "7f3a91c2";
    private static final long SIZE = 1 << 20;
    private static final int FEWEST_CALLS = 12;

    @TempDir
    Path root;

    private int cases;

    @Test
    void removesEverythingOfOursAfterACrashAnywhere() throws IOException {
        int steps = everyStep(this::stopAndDiscard);
        assertThat(steps).isGreaterThanOrEqualTo(FEWEST_CALLS);
    }

    @Test
    void finishesAfterACrashAnywhere() throws IOException {
        everyStep(stopAfter -> {
            Attempt attempt = attempt();
            boolean finished = attempt.dies(stopAfter, attempt::makeAndPlace);
            attempt.makeAndPlace(new SystemFileCalls());
            assertThat(attempt.placed()).isTrue();
            assertThat(attempt.others()).isEmpty();
            return finished;
        });
    }

    @Test
    void neverTouchesAForeignFileThatAppearsAnywhere() throws IOException {
        everyStep(stopAfter -> {
            Attempt attempt = attempt();
            boolean finished = attempt.dies(stopAfter, attempt::makeAndPlace);
            if (!Files.exists(attempt.path)) {
                Files.writeString(attempt.path, "foreign");
                attempt.makeAndPlace(new SystemFileCalls());
                attempt.discard(new SystemFileCalls());
                assertThat(Files.readString(attempt.path)).isEqualTo("foreign");
                assertThat(attempt.others()).isEmpty();
            }
            return finished;
        });
    }

    @Test
    void removesEverythingThoughTheRemovalIsCutAnywhere() throws IOException {
        int makingSteps = everyStep(this::stopAndDiscard);
        for (int making = 0; making <= makingSteps; making++) {
            int makingStops = making;
            everyStep(removalStops -> cutBoth(makingStops, removalStops));
        }
    }

    private boolean cutBoth(int makingStops, int removalStops) throws IOException {
        Attempt attempt = attempt();
        attempt.dies(makingStops, attempt::makeAndPlace);
        boolean finished = attempt.dies(removalStops, attempt::discard);
        attempt.discard(new SystemFileCalls());
        assertThat(attempt.path).doesNotExist();
        assertThat(attempt.others()).isEmpty();
        return finished;
    }

    private boolean stopAndDiscard(int stopAfter) throws IOException {
        Attempt attempt = attempt();
        boolean finished = attempt.dies(stopAfter, attempt::makeAndPlace);
        attempt.discard(new SystemFileCalls());
        assertThat(Files.exists(attempt.path)).isFalse();
        assertThat(attempt.others()).isEmpty();
        return finished;
    }

    /** Runs the case with a stop after 0, 1, 2 calls and so on, until it finishes; answers how many there were. */
    private static int everyStep(Case tried) throws IOException {
        int stopAfter = 0;
        while (!tried.finishes(stopAfter)) {
            stopAfter++;
        }
        return stopAfter;
    }

    private Attempt attempt() throws IOException {
        return new Attempt(Files.createDirectory(root.resolve("case" + cases++)));
    }

    /** One case, to be stopped after so many calls. */
    private interface Case {
        boolean finishes(int stopAfter) throws IOException;
    }

    /** What a process does with the calls it is given. */
    private interface Work {
        void run(FileCalls calls);
    }

    /** One destination with its journal, in a directory where somebody else has a file too. */
    private static final class Attempt {
        private final Path directory;
        private final Path path;
        private final Path bystander;
        private Optional<FileIdentity> journal = Optional.empty();

        Attempt(Path directory) throws IOException {
            this.directory = directory;
            this.path = directory.resolve("copy.raw");
            this.bystander = Files.writeString(directory.resolve(".copy.raw.other.blockcopy"), "bystander");
        }

        void makeAndPlace(FileCalls calls) {
            NewDestination destination = new NewDestination(calls, path, NONCE);
            if (journal.isEmpty()) {
                FileOutcome made = destination.make(SIZE, Optional.of(bystander));
                journal = Optional.of(((FileOutcome.Done) made).identity());
            }
            destination.place(journal.get());
        }

        void discard(FileCalls calls) {
            assertThat(new NewDestination(calls, path, NONCE).discard(journal)).isEmpty();
        }

        boolean dies(int stopAfter, Work work) {
            try {
                work.run(new StoppingFileCalls(stopAfter));
                return true;
            } catch (ProcessDied e) {
                return false;
            }
        }

        boolean placed() throws IOException {
            return Files.exists(path) && Files.size(path) == SIZE;
        }

        List<Path> others() throws IOException {
            assertThat(Files.readString(bystander)).isEqualTo("bystander");
            try (Stream<Path> names = Files.list(directory)) {
                return names.filter(name -> !name.equals(path) && !name.equals(bystander))
                        .toList();
            }
        }
    }

    /** Performs so many calls, then none any more. */
    private static final class StoppingFileCalls extends ForwardingFileCalls {
        private int left;

        StoppingFileCalls(int left) {
            this.left = left;
        }

        @Override
        void before(String call) {
            if (left-- == 0) {
                throw new ProcessDied();
            }
        }
    }

    /** Stands for SIGKILL: nothing catches it. */
    private static final class ProcessDied extends Error {
        private static final long serialVersionUID = 1;
    }
}
