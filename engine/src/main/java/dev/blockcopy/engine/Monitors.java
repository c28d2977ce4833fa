package dev.blockcopy.engine;

import static dev.blockcopy.engine.CopyRefusedException.Kind.ENVIRONMENT;

import dev.blockcopy.engine.qmp.QmpLimits;
import dev.blockcopy.engine.qmp.QmpReaders;
import dev.blockcopy.model.lifecycle.Trigger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The monitors that this process owns, each with its lane: taken when one is needed, kept as long as it has unfinished
 * jobs or somebody asks it something, then let go so that others can have it.
 *
 * <p>Safe for use by several threads.
 */
final class Monitors implements AutoCloseable {
    private static final Duration REQUESTS_EVERY = Duration.ofMillis(50);
    private static final Duration PROGRESS_EVERY = Duration.ofMillis(500);
    private static final int OPEN_MILLIS_MAX = 10_000;
    /** Meanwhile a lane keeps its thread from others. */
    private static final int CONNECT_MILLIS_MAX = 200;
    /** However many monitors there are: a lane needs one of these only while it has something to do. */
    private static final int LANES_AT_ONCE = 16;

    private final JobStore store;
    private final Supplier<JobExecutor> executors;
    private final Ownership ownership;
    private final JobNews news;
    private final FileWork files;
    private final Map<Path, Monitor> owned = new LinkedHashMap<>();
    private final Set<Long> handedOver = ConcurrentHashMap.newKeySet();
    private final QmpReaders readers = new QmpReaders();
    /** What comes later for a lane waits here, and behind nothing that takes long. */
    private final ScheduledExecutorService timers = Executors.newScheduledThreadPool(1, daemons("blockcopy timer"));

    private final ScheduledExecutorService chores = Executors.newScheduledThreadPool(2, daemons("blockcopy chores"));
    /** The thread that rested last is the first to be given something: of few lanes, few threads are warm. */
    private final ExecutorService lanes = new ForkJoinPool(LANES_AT_ONCE, Monitors::laneThread, null, true);

    Monitors(JobStore store, Supplier<JobExecutor> executors, Ownership ownership, JobNews news, FileWork files) {
        this.store = store;
        this.files = files;
        this.executors = executors;
        this.ownership = ownership;
        this.news = news;
        every(Ownership.RENEWAL, this::renewLeases);
        every(REQUESTS_EVERY, this::answerRequests);
        every(PROGRESS_EVERY, () -> all().forEach(monitor -> monitor.lane().post(new LaneInput.LookAtProgress())));
    }

    private static ThreadFactory daemons(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    private static ForkJoinWorkerThread laneThread(ForkJoinPool pool) {
        ForkJoinWorkerThread thread = ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
        thread.setName("lane");
        return thread;
    }

    /** A task that fails is tried again next time; who waits for a job hears of it. */
    private void every(Duration period, Runnable task) {
        Runnable guarded = () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                all().forEach(monitor -> monitor.troubledBy(e.getMessage()));
            }
        };
        chores.scheduleWithFixedDelay(guarded, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    private List<Monitor> all() {
        synchronized (owned) {
            return List.copyOf(owned.values());
        }
    }

    /** Whether a guest is paused for the sake of one of our jobs. */
    boolean holdGuest() {
        return all().stream().anyMatch(monitor -> monitor.lane().holdsGuest());
    }

    Optional<Monitor> at(Path socket) {
        synchronized (owned) {
            return Optional.ofNullable(owned.get(socket));
        }
    }

    /** A monitor to ask something of; to be given back. */
    Monitor borrow(Path socket) throws CopyRefusedException {
        synchronized (owned) {
            Monitor monitor = own(socket);
            monitor.borrowers++;
            return monitor;
        }
    }

    void giveBack(Monitor monitor) {
        synchronized (owned) {
            monitor.borrowers--;
        }
        leaveIfIdle(monitor);
    }

    /** Takes a monitor and adopts its unfinished jobs, unless it is ours already. */
    Monitor own(Path socket) throws CopyRefusedException {
        synchronized (owned) {
            Monitor known = owned.get(socket);
            if (known != null && known.halted().isEmpty()) {
                return known;
            }
            Optional<Lease> holder = ownership.lastOf(socket);
            Optional<Lease> other = ownership.take(socket);
            if (other.isPresent()) {
                throw new CopyRefusedException(
                        ENVIRONMENT,
                        socket + ": " + other.get().remedy() + "; or give QEMU another monitor (-qmp) for this");
            }
            Monitor monitor = new Monitor(socket, holder, this::laneOf);
            owned.put(socket, monitor);
            List<CopyJob> jobs = store.unfinished(socket);
            jobs.forEach(job -> news.adopted(job));
            monitor.lane().begin(jobs);
            return monitor;
        }
    }

    private LaneHost laneOf(Monitor monitor) {
        QmpLimits limits =
                QmpLimits.DEFAULT.withConnectMillis(CONNECT_MILLIS_MAX).withOpenMillis(OPEN_MILLIS_MAX);
        return new LaneHost(
                ownership.journal(monitor.socket()),
                executors.get(),
                new QmpDialer(monitor.socket(), limits, readers),
                files,
                lanes,
                timers,
                new Listener(monitor));
    }

    private void leaveIfIdle(Monitor monitor) {
        synchronized (owned) {
            boolean idle = monitor.borrowers == 0
                    && !news.areDriven(monitor.socket())
                    && store.unfinished(monitor.socket()).isEmpty();
            if (idle && owned.remove(monitor.socket(), monitor)) {
                leave(monitor);
            }
        }
    }

    private void leave(Monitor monitor) {
        monitor.close();
        monitor.holder()
                .ifPresentOrElse(
                        holder -> ownership.giveBackTo(monitor.socket(), holder),
                        () -> ownership.giveBack(monitor.socket()));
    }

    private void renewLeases() {
        for (Monitor monitor : all()) {
            monitor.waitedASecond();
            if (!ownership.renew(monitor.socket())) {
                lose(monitor);
            }
        }
    }

    private void lose(Monitor monitor) {
        boolean wasOurs;
        synchronized (owned) {
            wasOurs = owned.remove(monitor.socket(), monitor);
        }
        if (wasOurs) {
            monitor.closeAtOnce();
            news.forget(monitor.socket());
        }
    }

    /** Hands each request of another process to the lane once; the lane's answer goes into the store. */
    private void answerRequests() {
        for (StoredRequest request : store.unanswered()) {
            Optional<Monitor> monitor = at(request.monitor());
            if (monitor.isPresent() && handedOver.add(request.id())) {
                monitor.get()
                        .lane()
                        .ask(request.job(), Trigger.valueOf(request.verb()), request.said())
                        .thenAccept(answer -> store.answer(request.id(), answer))
                        .whenComplete((done, failed) -> handedOver.remove(request.id()));
            }
        }
    }

    @Override
    public void close() {
        chores.shutdownNow();
        synchronized (owned) {
            owned.values().forEach(this::leave);
            owned.clear();
        }
        timers.shutdownNow();
        lanes.shutdown();
    }

    /** What a lane tells goes to whoever waits or watches. */
    private final class Listener implements LaneListener {
        private final Monitor monitor;

        Listener(Monitor monitor) {
            this.monitor = monitor;
        }

        @Override
        public void moved(CopyJob job, Progress progress) {
            news.moved(job, progress, monitor::isOurs);
            if (job.hasEnded() && !chores.isShutdown()) {
                chores.execute(() -> leaveIfIdle(monitor));
            }
        }

        @Override
        public void trouble(String text) {
            monitor.troubledBy(text);
        }

        @Override
        public void notServed(String text) {
            monitor.notServed(text);
        }

        @Override
        public void connected() {
            monitor.isConnected();
        }

        @Override
        public void halted(RuntimeException why) {
            monitor.haltedBy(why instanceof StoreException && isStillOurs() ? paused(why) : why);
            news.somethingHappened();
        }

        private RuntimeException paused(RuntimeException why) {
            return PausedGuest.told(why, news.pausedOn(monitor.socket()));
        }

        /** What is refused because another process goes on with the jobs leaves no guest waiting. */
        private boolean isStillOurs() {
            try {
                return ownership.has(monitor.socket());
            } catch (StoreException notToBeRead) {
                return true;
            }
        }
    }
}
