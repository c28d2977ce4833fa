package dev.blockcopy.engine;

import static dev.blockcopy.engine.CopyRefusedException.Kind.ENVIRONMENT;
import static dev.blockcopy.engine.CopyRefusedException.Kind.INPUT;

import dev.blockcopy.engine.image.DestinationCheck;
import dev.blockcopy.engine.image.SystemFileCalls;
import dev.blockcopy.engine.qmp.QmpLimits;
import dev.blockcopy.engine.qmp.UnixSocketTransport;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.JobState;
import dev.blockcopy.model.lifecycle.Refusal;
import dev.blockcopy.model.lifecycle.Trigger;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Live copies of QEMU disks: the entry for whoever builds on the engine.
 *
 * <p>One instance per process and store. Safe for use by several threads. A call that starts or ends a job returns as
 * soon as the intention is durable; what came of it is told by {@link #await}, {@link #find} and {@link #watch}.
 */
public final class CopyJobs implements AutoCloseable {
    private static final Duration REQUESTS_EVERY = Duration.ofMillis(50);
    private static final Duration PROGRESS_EVERY = Duration.ofMillis(500);
    private static final Duration ANSWER_MAX = Duration.ofSeconds(15);
    private static final Duration EVIDENCE_MAX = Duration.ofSeconds(15);
    private static final long LOOK_AT_STORE_MILLIS = 50;
    private static final int OPEN_MILLIS_MAX = 3_000;
    private static final int REHEARSALS = 100;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final JobStore store;
    private final List<Path> storeFiles;
    private final Supplier<JobExecutor> executors;
    private final Ownership ownership;
    private final ScheduledExecutorService timers = Executors.newScheduledThreadPool(2, task -> {
        Thread thread = new Thread(task, "blockcopy timers");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<Path, Monitor> monitors = new LinkedHashMap<>();
    private final Map<String, JobReport> driven = new LinkedHashMap<>();
    private final List<Consumer<JobReport>> watchers = new CopyOnWriteArrayList<>();
    private final Set<Long> handedOver = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean rehearsed = new AtomicBoolean();
    private final Object news = new Object();

    /**
     * Over a store, which this instance closes; drives nothing yet.
     *
     * @param storeFiles the store's own files, which are never taken for a destination
     * @param executors an executor of the table for each lane
     */
    public CopyJobs(JobStore store, List<Path> storeFiles, Supplier<JobExecutor> executors) {
        this.store = store;
        this.storeFiles = List.copyOf(storeFiles);
        this.executors = executors;
        this.ownership = new Ownership(store);
        every(Ownership.RENEWAL, this::renewLeases);
        every(REQUESTS_EVERY, this::answerRequests);
        every(PROGRESS_EVERY, () -> owned().forEach(monitor -> monitor.lane().post(new LaneInput.LookAtProgress())));
    }

    private void every(Duration period, Runnable task) {
        timers.scheduleWithFixedDelay(
                () -> {
                    try {
                        task.run();
                    } catch (StoreException e) {
                        owned().forEach(monitor -> monitor.troubledBy(e.getMessage()));
                    }
                },
                period.toMillis(),
                period.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    // ---- starting and ending

    /**
     * Starts a copy: checks everything that can be checked, then writes the job down, then begins.
     *
     * @return the id of the job
     * @throws CopyRefusedException if it is refused; then nothing was sent but queries, and nothing was made
     */
    public String start(CopyRequest request) throws CopyRefusedException, InterruptedException {
        Monitor monitor = own(request.monitor());
        try {
            monitor.awaitConnected();
            DestinationCheck destinations = new DestinationCheck(new SystemFileCalls());
            Admission admission = new Admission(monitor, destinations, store, storeFiles);
            CopyJob job = admission.admit(request, String.format("%012x", RANDOM.nextLong() >>> Short.SIZE));
            Answer answer = get(monitor, monitor.lane().begin(job));
            if (answer.kind() == Answer.Kind.REFUSED) {
                throw new CopyRefusedException(ENVIRONMENT, answer.text());
            }
            rehearseOnce();
            return job.id();
        } finally {
            leaveIfIdle(monitor);
        }
    }

    /** While the first copy of this process streams, its pivot is rehearsed. */
    private void rehearseOnce() {
        if (rehearsed.compareAndSet(false, true)) {
            Thread thread = new Thread(() -> Rehearsal.run(executors.get(), REHEARSALS), "blockcopy rehearsal");
            thread.setDaemon(true);
            thread.start();
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
        Optional<Monitor> ours = monitorAt(socket);
        if (ours.isEmpty() && ownership.ofAnother(socket).isPresent()) {
            Optional<Answer> answer = askOwner(socket, jobId, request);
            if (answer.isPresent()) {
                return answer.get();
            }
        }
        Monitor monitor = own(socket);
        if (ours.isEmpty()) {
            await(jobId, report -> report.isSettled() || isAtRest(report), EVIDENCE_MAX);
        }
        return get(monitor, monitor.lane().ask(jobId, request));
    }

    /** Waits until what is known of a job that nobody drove is as new as it can be. */
    JobReport settle(String jobId) throws CopyRefusedException, InterruptedException {
        own(stored(jobId).spec().monitor());
        return await(jobId, report -> report.isSettled() || isAtRest(report), EVIDENCE_MAX);
    }

    boolean isOwnedByAnother(Path socket) {
        return ownership.ofAnother(socket).isPresent();
    }

    /** No look is under way that would tell more than the request can. */
    private static boolean isAtRest(JobReport report) {
        return report.state() != JobState.JUDGING
                && report.state() != JobState.PROVING
                && !report.owner().isEmpty()
                && report.job().facts().get(Facts.ONLINE);
    }

    private Optional<Answer> askOwner(Path socket, String jobId, Trigger request) throws InterruptedException {
        long id = store.ask(new StoredRequest(0, socket, jobId, request.name(), Optional.empty()));
        long deadline = System.nanoTime() + ANSWER_MAX.toNanos();
        while (System.nanoTime() < deadline && ownership.ofAnother(socket).isPresent()) {
            Optional<Answer> answer = store.answerTo(id);
            if (answer.isPresent()) {
                return answer;
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_AT_STORE_MILLIS);
        }
        store.withdraw(id);
        return store.answerTo(id);
    }

    private Answer get(Monitor monitor, CompletableFuture<Answer> answer)
            throws CopyRefusedException, InterruptedException {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw monitor.halted().orElseGet(() -> new IllegalStateException(e.getCause()));
        }
    }

    // ---- looking

    /** The job as it stands. */
    public JobReport find(String jobId) throws CopyRefusedException {
        synchronized (news) {
            JobReport report = driven.get(jobId);
            if (report != null) {
                return report;
            }
        }
        return report(stored(jobId));
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

    /** All jobs of the store, the oldest first. */
    public List<JobReport> list() {
        List<JobReport> reports = new ArrayList<>();
        for (CopyJob job : store.list()) {
            JobReport live;
            synchronized (news) {
                live = driven.get(job.id());
            }
            reports.add(live == null ? report(job) : live);
        }
        return reports;
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
                    monitorAt(report.job().spec().monitor()).flatMap(Monitor::halted);
            if (halted.isPresent()) {
                throw halted.get();
            }
            synchronized (news) {
                news.wait(Math.min(left, LOOK_AT_STORE_MILLIS));
            }
        }
    }

    /** Is told of every move and progress of the jobs that this process drives, until closed. */
    public AutoCloseable watch(Consumer<JobReport> watcher) {
        watchers.add(watcher);
        return () -> watchers.remove(watcher);
    }

    /** The last trouble with a job's monitor that is not over; empty if there is none. */
    public String troubleWith(String jobId) {
        return store.find(jobId)
                .flatMap(job -> monitorAt(job.spec().monitor()))
                .map(Monitor::trouble)
                .orElse("");
    }

    // ---- monitors

    /**
     * Takes over the unfinished jobs that nobody drives, so that they go on or end.
     *
     * @return the ids of the jobs that this process drives now
     */
    public List<String> takeOver() throws InterruptedException {
        List<CopyJob> unfinished =
                store.list().stream().filter(job -> !job.hasEnded()).toList();
        Set<Path> sockets = new LinkedHashSet<>();
        unfinished.forEach(job -> sockets.add(job.spec().monitor()));
        Set<Path> taken = new LinkedHashSet<>();
        for (Path socket : sockets) {
            try {
                own(socket);
                taken.add(socket);
            } catch (CopyRefusedException e) {
                continue;
            }
        }
        return unfinished.stream()
                .filter(job -> taken.contains(job.spec().monitor()))
                .map(CopyJob::id)
                .toList();
    }

    private Optional<Monitor> monitorAt(Path socket) {
        synchronized (monitors) {
            return Optional.ofNullable(monitors.get(socket));
        }
    }

    private List<Monitor> owned() {
        synchronized (monitors) {
            return List.copyOf(monitors.values());
        }
    }

    private Monitor own(Path socket) throws CopyRefusedException {
        synchronized (monitors) {
            Monitor known = monitors.get(socket);
            if (known != null) {
                return known;
            }
            Optional<Lease> other = ownership.take(socket);
            if (other.isPresent()) {
                throw new CopyRefusedException(
                        ENVIRONMENT,
                        socket + " is owned by " + other.get().who()
                                + "; let that end, or give QEMU another monitor (-qmp) for this");
            }
            Monitor monitor = new Monitor(socket, this::laneOf);
            monitors.put(socket, monitor);
            List<CopyJob> jobs = store.list().stream()
                    .filter(job -> !job.hasEnded() && job.spec().monitor().equals(socket))
                    .toList();
            synchronized (news) {
                jobs.forEach(job -> driven.put(job.id(), report(job)));
            }
            monitor.lane().begin(jobs);
            return monitor;
        }
    }

    private LaneHost laneOf(Monitor monitor) {
        return new LaneHost(
                monitor.socket().toString(),
                store,
                executors.get(),
                new QmpDialer(
                        new UnixSocketTransport(monitor.socket()), QmpLimits.DEFAULT.withOpenMillis(OPEN_MILLIS_MAX)),
                new HostFiles(new SystemFileCalls()),
                timers,
                new Watch(monitor));
    }

    /** A monitor that nobody needs is let go, so that others can have it. */
    private void leaveIfIdle(Monitor monitor) {
        boolean needed = store.list().stream()
                .anyMatch(job -> !job.hasEnded() && job.spec().monitor().equals(monitor.socket()));
        if (!needed) {
            leave(monitor);
        }
    }

    private void leave(Monitor monitor) {
        synchronized (monitors) {
            if (monitors.remove(monitor.socket()) != null) {
                monitor.close();
                ownership.giveBack(monitor.socket());
            }
        }
    }

    private void renewLeases() {
        for (Monitor monitor : owned()) {
            if (ownership.take(monitor.socket()).isPresent()) {
                leave(monitor);
            }
        }
    }

    /** Hands each request of another process to the lane once; the lane's answer goes into the store. */
    private void answerRequests() {
        for (Monitor monitor : owned()) {
            for (StoredRequest request : store.unanswered(monitor.socket())) {
                if (handedOver.add(request.id())) {
                    monitor.lane()
                            .ask(request.job(), Trigger.valueOf(request.verb()))
                            .thenAccept(answer -> store.answer(request.id(), answer));
                }
            }
        }
    }

    /** What a lane tells goes to whoever waits or watches. */
    private final class Watch implements LaneListener {
        private final Monitor monitor;

        Watch(Monitor monitor) {
            this.monitor = monitor;
        }

        @Override
        public void moved(CopyJob job, Progress progress) {
            JobReport report = new JobReport(job, job.state(), progress, job.hasEnded() ? "" : "this process");
            synchronized (news) {
                driven.put(job.id(), report);
                news.notifyAll();
            }
            watchers.forEach(watcher -> watcher.accept(report));
        }

        @Override
        public void trouble(String text) {
            monitor.troubledBy(text);
        }

        @Override
        public void connected() {
            monitor.isConnected();
        }

        @Override
        public void halted(RuntimeException why) {
            monitor.haltedBy(why);
            synchronized (news) {
                news.notifyAll();
            }
        }
    }

    // ---- questions

    /** What the QEMU behind a monitor can do. */
    public Probe probe(Path socket) throws CopyRefusedException, InterruptedException {
        Monitor monitor = own(socket);
        try {
            monitor.awaitConnected();
            return new Prober(monitor).probe();
        } finally {
            leaveIfIdle(monitor);
        }
    }

    /** Which image is the disk's; the monitor may be that of a QEMU that is dead. */
    public Authority authority(Path socket, String disk) throws CopyRefusedException, InterruptedException {
        return new AuthorityQuestion(this, store, socket, disk).answer();
    }

    /** A session for questions, if there is one to be had. */
    Monitor borrow(Path socket) throws CopyRefusedException {
        return own(socket);
    }

    void giveBack(Monitor monitor) {
        leaveIfIdle(monitor);
    }

    /** Lets go of all monitors; the jobs go on in QEMU and can be taken over. */
    @Override
    public void close() {
        timers.shutdownNow();
        owned().forEach(this::leave);
        store.close();
    }
}
