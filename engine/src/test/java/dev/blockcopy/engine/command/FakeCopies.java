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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** An engine with one job that is in one state after the other, a wait each; the last one stays. */
final class FakeCopies implements Copies {
    final List<Object> asked = new ArrayList<>();
    final List<JournalLine> journal = new ArrayList<>();
    private final Deque<JobReport> reports = new ArrayDeque<>();
    Answer answer = Answer.ACCEPTED;
    CopyRefusedException refusal;
    RuntimeException fault;
    boolean interrupts;
    boolean interruptsStart;
    boolean isInterrupted;
    String trouble = "";
    String driver = "nobody";
    Probe probe;
    Authority authority;
    boolean closed;

    FakeCopies(Sample... samples) {
        for (Sample sample : samples) {
            reports.add(sample.report());
        }
    }

    private void fail() throws CopyRefusedException {
        if (refusal != null) {
            throw refusal;
        }
        if (fault != null) {
            throw fault;
        }
    }

    @Override
    public String start(CopyRequest request) throws CopyRefusedException, InterruptedException {
        asked.add(request);
        fail();
        if (interruptsStart) {
            throw new InterruptedException();
        }
        return Sample.ID;
    }

    @Override
    public Answer ask(String jobId, Trigger request) throws CopyRefusedException {
        asked.add(request);
        fail();
        return answer;
    }

    @Override
    public Answer resolve(String jobId, Trigger keep, String said) throws CopyRefusedException {
        asked.add(keep + ": " + said);
        fail();
        return answer;
    }

    @Override
    public JobReport find(String jobId) throws CopyRefusedException {
        fail();
        return reports.element();
    }

    @Override
    public String driverOf(String jobId) {
        return driver;
    }

    @Override
    public List<JobReport> list() {
        return List.copyOf(reports);
    }

    @Override
    public List<JournalLine> journalOf(String jobId) {
        return journal;
    }

    @Override
    public JobReport await(String jobId, Predicate<JobReport> wished, Duration timeout) throws InterruptedException {
        if (interrupts) {
            interrupts = false;
            throw new InterruptedException();
        }
        if (!wished.test(reports.element())) {
            if (reports.size() == 1) {
                throw new AssertionError("waits for ever for what is not " + reports.element());
            }
            reports.remove();
        }
        return reports.element();
    }

    @Override
    public List<String> takeOver() {
        asked.add("take over");
        return List.of();
    }

    @Override
    public String troubleWith(String jobId) {
        return trouble;
    }

    @Override
    public void moveMonitor(String jobId, Path monitor) {
        asked.add(monitor);
    }

    @Override
    public Probe probe(Path monitor) throws CopyRefusedException {
        fail();
        return probe;
    }

    @Override
    public Authority authority(Path monitor, String disk, UnaryOperator<String> command) throws CopyRefusedException {
        fail();
        return authority;
    }

    @Override
    public void close() {
        closed = true;
    }
}
