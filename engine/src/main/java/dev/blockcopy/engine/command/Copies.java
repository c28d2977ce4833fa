package dev.blockcopy.engine.command;

import dev.blockcopy.engine.Answer;
import dev.blockcopy.engine.Authority;
import dev.blockcopy.engine.CopyRefusedException;
import dev.blockcopy.engine.CopyRequest;
import dev.blockcopy.engine.JobReport;
import dev.blockcopy.engine.JournalLine;
import dev.blockcopy.engine.Probe;
import dev.blockcopy.model.lifecycle.Trigger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** The engine as the commands see it, so that they can be tried without one; meanings as in {@code CopyJobs}. */
interface Copies extends AutoCloseable {
    String start(CopyRequest request) throws CopyRefusedException, InterruptedException;

    Answer ask(String jobId, Trigger request) throws CopyRefusedException, InterruptedException;

    Answer resolve(String jobId, Trigger keep, String said) throws CopyRefusedException, InterruptedException;

    JobReport find(String jobId) throws CopyRefusedException;

    String driverOf(String jobId) throws CopyRefusedException;

    List<JobReport> list();

    List<JournalLine> journalOf(String jobId) throws CopyRefusedException;

    JobReport await(String jobId, Predicate<JobReport> wished, Duration timeout)
            throws CopyRefusedException, InterruptedException;

    List<String> takeOver();

    String troubleWith(String jobId);

    void moveMonitor(String jobId, Path monitor) throws CopyRefusedException;

    Probe probe(Path monitor) throws CopyRefusedException, InterruptedException;

    Authority authority(Path monitor, String disk, UnaryOperator<String> command)
            throws CopyRefusedException, InterruptedException;

    @Override
    void close();

    /** Opens the engine on a store. */
    interface Opener {
        /**
         * The engine on this store.
         *
         * @param mayMake whether the store is made if it is not there; else that is an error
         */
        Copies open(Path store, boolean mayMake);
    }
}
