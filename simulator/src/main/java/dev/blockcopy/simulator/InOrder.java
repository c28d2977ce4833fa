package dev.blockcopy.simulator;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Stream;

/** Work side by side, of which the results come in the order of the work. */
final class InOrder {
    private InOrder() {}

    /** The results, each as soon as it and all before it are there; to be closed. */
    static <T, R> Stream<R> map(List<T> work, int threads, Function<T, R> function) {
        ExecutorService pool = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "worker");
            thread.setDaemon(true);
            return thread;
        });
        List<CompletableFuture<R>> results = work.stream()
                .map(one -> CompletableFuture.supplyAsync(() -> function.apply(one), pool))
                .toList();
        return results.stream().map(CompletableFuture::join).onClose(pool::shutdownNow);
    }
}
