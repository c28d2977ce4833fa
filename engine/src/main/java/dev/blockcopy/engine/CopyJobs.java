package dev.blockcopy.engine;

import static dev.blockcopy.engine.CopyRefusedException.Kind.ENVIRONMENT;
import static dev.blockcopy.engine.CopyRefusedException.Kind.INPUT;
import static dev.blockcopy.engine.CopyRefusedException.Kind.STATE;

import dev.blockcopy.engine.image.SystemFileCalls;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.JobState;
import dev.blockcopy.model.lifecycle.Refusal;
import dev.blockcopy.model.lifecycle.Trigger;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Live copies of QEMU disks: the entry for whoever builds on the engine.
 *
 * <p>One instance per process and store. Safe for use by several threads. A call that starts or ends a job returns as
 * soon as the intention is durable; what came of it is told by {@link #await}, {@link #find} and {@link #watch}.
 */
public final class CopyJobs implements AutoCloseable {
    /** An owner that has been silent for so long is dead: its jobs can be taken over. */
    public static final Duration OWNER_SILENCE_MAX = Ownership.LEASE;

    private static final Duration ANSWER_MAX = Duration.ofSeconds(15);
    private static final Duration EVIDENCE_MAX = Duration.ofSeconds(15);
    private static final long LOOK_AT_STORE_MILLIS = 50;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final JobStore store;
    private final List<Path> storeFiles;
    private final Supplier<JobExecutor> executors;
    private final HostFiles files;
    private final Ownership ownership;
    private final Monitors monitors;
    private final JobNews news = new JobNews();
    private final Rehearsing rehearsing;

    /**
     * Over a store, which this instance closes; drives nothing yet, and rehearses nothing.
     *
     * @param storeFiles the store's own files, which are never taken for a destination; beside the first stands the witness
     *     of a reopen, as long as there is one, and without any there is none
     * @param executors an executor of the table for each lane
     */
    public CopyJobs(JobStore store, List<Path> storeFiles, Supplier<JobExecutor> executors) {
        this(store, storeFiles, executors, Rehearsals.NONE);
    }

    /** As the other, with rehearsals, so that no guest waits for a cold virtual machine. */
    public CopyJobs(JobStore store, List<Path> storeFiles, Supplier<JobExecutor> executors, Rehearsals rehearsals) {
        this.store = store;
        this.storeFiles = List.copyOf(storeFiles);
        this.executors = executors;
        this.ownership = new Ownership(store);
        this.files = new HostFiles(new SystemFileCalls(), storeFiles.stream().findFirst(), ThisHost.boot());
        this.monitors = new Monitors(store, executors, ownership, news, files);
        this.rehearsing = new Rehearsing(rehearsals, executors, monitors::holdGuest);
    }

    /**
     * Starts a copy: checks everything that can be checked, then writes the job down, then begins.
     *
     * @return the id of the job
     * @throws CopyRefusedException if it is refused; then nothing was sent but queries, and nothing was made
     */
    public String start(CopyRequest request) throws CopyRefusedException, InterruptedException {
        Admission.numbersAreSound(request);
        rehearsing.begin();
        Monitor monitor = monitors.borrow(request.monitor());
        try {
            monitor.awaitConnected();
            Admission admission = new Admission(monitor, new SystemFileCalls(), store, storeFiles);
            CopyJob job = admission.admit(request, String.format("%012x", RANDOM.nextLong() >>> Short.SIZE));
            rehearsing.awaitFirst();
            Answer answer = get(monitor, monitor.lane().begin(job));
            if (answer.kind() == Answer.Kind.REFUSED) {
                throw new CopyRefusedException(ENVIRONMENT, answer.text());
            }
            return job.id();
        } finally {
            monitors.giveBack(monitor);
        }
    }

    /**
     * Asks for the end of a job: PIVOT, CANCEL, CANCEL_IF_READY or FORCE. Whoever owns the job's monitor carries it out;
     * if nobody does, this process takes it over.
     *
     * @return what the owner says, after it is durable
     * @throws CopyRefusedException if there is no such job, or its monitor can't be had
     */
    public Answer ask(String jobId, Trigger request) throws CopyRefusedException, InterruptedException {
        CopyJob job = stored(jobId);
        if (job.hasEnded()) {
            return new Answer(Answer.Kind.REFUSED, Refusal.ENDED.text());
        }
        Path socket = job.spec().monitor();
        boolean ours = monitors.at(socket).isPresent();
        if (!ours && isOwnedByAnother(socket)) {
            Optional<Answer> answer = askOwner(socket, jobId, request, "");
            if (answer.isPresent()) {
                return answer.get();
            }
        }
        Monitor monitor = monitors.borrow(socket);
        try {
            if (!ours) {
                settle(monitor, jobId, request);
            }
            if (!ours && request == Trigger.PIVOT) {
                rehearsing.begin();
                rehearsing.awaitFirst();
            }
            return get(monitor, monitor.lane().ask(jobId, request, ""));
        } finally {
            monitors.giveBack(monitor);
        }
    }

    /**
     * Ends the doubt about a job by the word of a person who knows more than QEMU and the journal: KEEP_SOURCE or
     * KEEP_DESTINATION. Evidence is collected once more before, and goes over what the person says.
     *
     * @param said who says it, and why; goes into the job's journal
     * @return what the owner of the job's monitor says, after it is durable
     * @throws CopyRefusedException if there is no such job, or its monitor can't be had
     */
    public Answer resolve(String jobId, Trigger keep, String said) throws CopyRefusedException, InterruptedException {
        CopyJob job = stored(jobId);
        Path socket = job.spec().monitor();
        if (job.hasEnded()) {
            return new Answer(Answer.Kind.REFUSED, Refusal.ENDED.text());
        }
        if (isOwnedByAnother(socket)) {
            Optional<Answer> answer = askOwner(socket, jobId, keep, said);
            if (answer.isPresent()) {
                return answer.get();
            }
        }
        Monitor monitor = monitors.borrow(socket);
        try {
            monitor.awaitWord();
            JobReport report = await(jobId, CopyJobs::isLookedAt, EVIDENCE_MAX);
            return report.hasEnded()
                    ? new Answer(Answer.Kind.REFUSED, Refusal.ENDED.text())
                    : get(monitor, monitor.lane().ask(jobId, keep, said));
        } finally {
            monitors.giveBack(monitor);
        }
    }

    private static boolean isLookedAt(JobReport report) {
        return report.hasEnded() || report.state() != JobState.JUDGING && report.state() != JobState.PROVING;
    }

    private Optional<Answer> askOwner(Path socket, String jobId, Trigger request, String said)
            throws InterruptedException {
        long id = store.ask(new StoredRequest(0, socket, jobId, request.name(), said, Optional.empty()));
        long deadline = System.nanoTime() + ANSWER_MAX.toNanos();
        while (System.nanoTime() < deadline && isOwnedByAnother(socket)) {
            Optional<Answer> answer = store.answerTo(id);
            if (answer.isPresent()) {
                return answer;
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_AT_STORE_MILLIS);
        }
        store.withdraw(id);
        return store.answerTo(id);
    }

    private static Answer get(Monitor monitor, CompletableFuture<Answer> answer) throws InterruptedException {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw monitor.halted().orElseGet(() -> new IllegalStateException(e.getCause()));
        }
    }

    boolean isOwnedByAnother(Path socket) {
        return ownership.ofAnother(socket).isPresent();
    }

    /** An end on the source is wished whatever a look would tell, so where there can be none it is not waited for. */
    private void settle(Monitor monitor, String jobId, Trigger request)
            throws CopyRefusedException, InterruptedException {
        boolean mayBeBlind = request == Trigger.CANCEL || request == Trigger.FORCE;
        await(
                jobId,
                report -> report.isSettled()
                        || isAtRest(report)
                        || mayBeBlind && !monitor.trouble().isEmpty(),
                EVIDENCE_MAX);
    }

    /** No look is under way that would tell more than a request can. */
    private static boolean isAtRest(JobReport report) {
        return isLookedAt(report) && report.job().facts().get(Facts.ONLINE);
    }

    /** The job as it stands. */
    public JobReport find(String jobId) throws CopyRefusedException {
        Optional<JobReport> live = news.of(jobId);
        return live.isPresent() ? live.get() : report(stored(jobId));
    }

    private JobReport report(CopyJob job) {
        String owner = job.hasEnded() ? "" : ownership.nameOf(job.spec().monitor());
        return new JobReport(job, job.state(), store.progressOf(job.id()), owner);
    }

    private CopyJob stored(String jobId) throws CopyRefusedException {
        return store.find(jobId)
                .orElseThrow(() -> new CopyRefusedException(
                        INPUT, "no job '" + jobId + "' in this store; 'blockcopy jobs' lists them"));
    }

    /**
     * Who drives a job, for people; where nobody does, who holds its monitor all the same, as far as is known, and what to do
     * about that.
     */
    public String driverOf(String jobId) throws CopyRefusedException {
        JobReport report = find(jobId);
        return report.isDrivenHere()
                ? report.owner()
                : ownership.driverOf(report.job().spec().monitor());
    }

    /** All jobs of the store, the oldest first. */
    public List<JobReport> list() {
        return store.list().stream()
                .map(job -> news.of(job.id()).orElseGet(() -> report(job)))
                .toList();
    }

    /** The way of a job through the states. */
    public List<JournalLine> journalOf(String jobId) throws CopyRefusedException {
        stored(jobId);
        return store.journalOf(jobId);
    }

    /**
     * Waits until a job is as wished, by whoever drives it.
     *
     * @return the job then, or as it is when the time is up
     */
    public JobReport await(String jobId, Predicate<JobReport> wished, Duration timeout)
            throws CopyRefusedException, InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (true) {
            JobReport report = find(jobId);
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (wished.test(report) || left <= 0) {
                return report;
            }
            Optional<RuntimeException> halted =
                    monitors.at(report.job().spec().monitor()).flatMap(Monitor::halted);
            if (halted.isPresent()) {
                throw halted.get();
            }
            news.await(Math.min(left, LOOK_AT_STORE_MILLIS));
        }
    }

    /**
     * Is told of every move and progress of the jobs that this process drives, in order, until closed; must return soon. What
     * happens while a guest is paused is told once it runs, or after 20 ms.
     */
    public AutoCloseable watch(Consumer<JobReport> watcher) {
        return news.watch(watcher);
    }

    /** The last trouble with a job's monitor that is not over; empty if there is none. */
    public String troubleWith(String jobId) {
        return news.of(jobId)
                .map(JobReport::job)
                .or(() -> store.find(jobId))
                .flatMap(job -> monitors.at(job.spec().monitor()))
                .map(Monitor::trouble)
                .orElse("");
    }

    /**
     * Tells where the monitor of a job's QEMU is by now, and remembers it. Whether it is the same QEMU is proven when the
     * job is taken over.
     *
     * @throws CopyRefusedException if there is no such job, or another process drives it through its present monitor
     */
    public void moveMonitor(String jobId, Path monitor) throws CopyRefusedException {
        Path present = stored(jobId).spec().monitor();
        if (present.equals(monitor)) {
            return;
        }
        boolean isOurs = monitors.at(present).isPresent();
        Optional<Lease> other = isOurs ? Optional.empty() : ownership.take(present);
        if (other.isPresent()) {
            throw new CopyRefusedException(
                    STATE,
                    "job " + jobId + " is driven through " + present + " by "
                            + other.get().who() + "; let that end before its monitor is moved");
        }
        try {
            CopyJob job = stored(jobId);
            JournalLine line = Lines.moved(Instant.now(), job, monitor);
            ownership.journal(present).save(job.with(job.spec().withMonitor(monitor)), List.of(line));
        } finally {
            if (!isOurs) {
                ownership.giveBack(present);
            }
        }
    }

    /**
     * Takes over the unfinished jobs that nobody drives, so that they go on or end.
     *
     * @return the ids of the jobs that this process drives now
     */
    public List<String> takeOver() {
        List<CopyJob> unfinished =
                store.list().stream().filter(job -> !job.hasEnded()).toList();
        Set<Path> sockets = new LinkedHashSet<>();
        unfinished.forEach(job -> sockets.add(job.spec().monitor()));
        sockets.removeIf(socket -> !isOurs(socket));
        return unfinished.stream()
                .filter(job -> sockets.contains(job.spec().monitor()))
                .map(CopyJob::id)
                .toList();
    }

    private boolean isOurs(Path socket) {
        try {
            monitors.own(socket);
            return true;
        } catch (CopyRefusedException drivenByAnother) {
            return false;
        }
    }

    /** What the QEMU behind a monitor can do. */
    public Probe probe(Path socket) throws CopyRefusedException, InterruptedException {
        Monitor monitor = monitors.borrow(socket);
        try {
            monitor.awaitConnected();
            return new Prober(monitor).probe();
        } finally {
            monitors.giveBack(monitor);
        }
    }

    /** Which image is the disk's; the monitor may be that of a QEMU that is dead. */
    public Authority authority(Path socket, String disk) throws CopyRefusedException, InterruptedException {
        return authority(socket, disk, words -> "blockcopy " + words);
    }

    /**
     * The same, where advice names commands in the caller's words.
     *
     * @param command the command line of a command of blockcopy and its arguments
     */
    public Authority authority(Path socket, String disk, UnaryOperator<String> command)
            throws CopyRefusedException, InterruptedException {
        return new AuthorityQuestion(this, store, monitors, files, command, socket, disk).answer();
    }

    /** Lets go of all monitors; the jobs go on in QEMU and can be taken over. */
    @Override
    public void close() {
        rehearsing.end();
        monitors.close();
        store.close();
    }
}
