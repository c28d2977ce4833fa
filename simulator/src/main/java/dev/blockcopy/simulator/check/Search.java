package dev.blockcopy.simulator.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Breadth first over all states, level by level, so that the first way to a state is a shortest one.
 *
 * <p>A level is cut into tasks that the workers take; between two rounds of tasks nobody works, and the table may grow.
 * The thread that asked is the first worker, and the only one that talks to whoever watches.
 */
final class Search implements AutoCloseable {
    private static final int TASK = 256;
    private static final long GLANCE_NANOS = 250_000_000;

    private final Bounds bounds;
    private final Watch watch;
    private final StateStore store;
    private final List<Worker> workers = new ArrayList<>();
    private final ExecutorService others;
    private final AtomicInteger nextTask = new AtomicInteger();
    private final long startNanos = System.nanoTime();
    private final List<List<int[]>> levels = new ArrayList<>();
    private List<int[]> tasks = List.of();
    private long glancedNanos = startNanos;
    private volatile String cutShort;

    Search(Program program, Question question, Bounds bounds, Watch watch) {
        this.bounds = bounds;
        this.watch = watch;
        store = new StateStore(program.words());
        for (int i = 0; i < bounds.threads(); i++) {
            workers.add(new Worker(program, store, question.properties()));
        }
        others = Executors.newFixedThreadPool(Math.max(1, bounds.threads() - 1), task -> {
            Thread thread = new Thread(task, "checker");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Explores everything within the bounds. */
    void run(List<long[]> beginnings) {
        for (int i = 0; i < beginnings.size(); i++) {
            workers.get(0).begin(beginnings.get(i), i);
        }
        List<int[]> level = added();
        while (!level.isEmpty() && cutShort == null) {
            levels.add(level);
            explore(level);
            level = added();
            stopWhereViolated();
        }
    }

    private List<int[]> added() {
        List<int[]> ranges = new ArrayList<>();
        workers.forEach(worker -> ranges.addAll(worker.takeAdded()));
        return ranges;
    }

    private void stopWhereViolated() {
        if (bounds.untilViolated() && workers.stream().anyMatch(worker -> worker.sightings.isAnythingViolated())) {
            cutShort = "a violation was found, and nothing else was asked for";
        }
    }

    private void explore(List<int[]> level) {
        tasks = cut(level);
        nextTask.set(0);
        while (nextTask.get() < tasks.size() && cutShort == null) {
            makeRoom();
            round();
        }
    }

    private static List<int[]> cut(List<int[]> ranges) {
        List<int[]> tasks = new ArrayList<>();
        for (int[] range : ranges) {
            for (int from = range[0]; from < range[1]; from += TASK) {
                tasks.add(new int[] {from, Math.min(from + TASK, range[1])});
            }
        }
        return tasks;
    }

    private void makeRoom() {
        while (!hasRoom() && cutShort == null) {
            if (store.isAtLimit()) {
                cutShort = "the table of states is as large as it can be";
            } else if (store.memoryBytesGrown() > bounds.memoryBytes()) {
                cutShort = outOfMemory();
            } else {
                store.grow();
            }
        }
    }

    private String outOfMemory() {
        return String.format("the states would take more than %,d MiB of memory", bounds.memoryBytes() >> 20);
    }

    private boolean hasRoom() {
        return store.hasRoomFor(bounds.threads() * TASK * 64L);
    }

    private void round() {
        List<Future<Void>> running = new ArrayList<>();
        if (tasks.size() - nextTask.get() > 1) {
            for (Worker worker : workers.subList(1, workers.size())) {
                Callable<Void> work = () -> {
                    work(worker);
                    return null;
                };
                running.add(others.submit(work));
            }
        }
        try {
            work(workers.get(0));
        } finally {
            running.forEach(Search::await);
        }
    }

    private static void await(Future<Void> work) {
        try {
            work.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while checking", e);
        }
    }

    private void work(Worker worker) {
        while (cutShort == null && hasRoom()) {
            int task = nextTask.getAndIncrement();
            if (task >= tasks.size()) {
                return;
            }
            worker.expand(tasks.get(task)[0], tasks.get(task)[1]);
            if (worker == workers.get(0)) {
                glance();
            }
            heedBounds();
        }
    }

    private void heedBounds() {
        if (store.size() >= bounds.maxStates()) {
            cutShort = String.format("%,d states were asked for at most", bounds.maxStates());
        } else if (store.memoryBytes() > bounds.memoryBytes()) {
            cutShort = outOfMemory();
        }
    }

    private void glance() {
        long now = System.nanoTime();
        if (now - glancedNanos > GLANCE_NANOS) {
            glancedNanos = now;
            if (!watch.goOn(progress())) {
                cutShort = "it was stopped";
            }
        }
    }

    Progress progress() {
        long transitions = 0;
        long expanded = 0;
        for (Worker worker : workers) {
            transitions += worker.transitions;
            expanded += worker.expanded;
        }
        long nanos = System.nanoTime() - startNanos;
        return new Progress(
                store.size(), transitions, levels.size() - 1, store.size() - expanded, store.memoryBytes(), nanos);
    }

    /** Why the search ended before everything was explored, if it did. */
    Optional<String> cutShort() {
        return Optional.ofNullable(cutShort);
    }

    /** The numbers of all states that were expanded, by their depth. */
    List<List<int[]>> levels() {
        return levels;
    }

    StateStore store() {
        return store;
    }

    /** What all workers have seen. */
    Sightings sightings() {
        Sightings all = workers.get(0).sightings;
        workers.subList(1, workers.size()).forEach(worker -> all.merge(worker.sightings));
        return all;
    }

    @Override
    public void close() {
        others.shutdownNow();
    }
}
