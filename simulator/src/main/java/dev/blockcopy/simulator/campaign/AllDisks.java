package dev.blockcopy.simulator.campaign;

import dev.blockcopy.engine.CopyJobs;
import dev.blockcopy.engine.CopyRefusedException;
import dev.blockcopy.engine.CopyRequest;
import dev.blockcopy.engine.JobReport;
import dev.blockcopy.engine.image.ImageFormat;
import dev.blockcopy.engine.standard.StandardEngine;
import dev.blockcopy.model.lifecycle.JobState;
import dev.blockcopy.model.lifecycle.Trigger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/**
 * One engine that copies several disks of a guest, and has all of them pivot as soon as the last one mirrors: at the same
 * time, so that they share one pause. Takes the words of {@code blockcopy copy --pivot}, with {@code --disk} and {@code
 * --dest} for each.
 */
public final class AllDisks {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private AllDisks() {}

    public static void main(String[] words) throws Exception {
        List<String> all = Arrays.asList(words);
        try (CopyJobs engine = StandardEngine.open(store(all))) {
            copy(engine, all);
        }
    }

    static Path store(List<String> words) {
        return Path.of(after("--store", words).get(0));
    }

    /** Copies the disks by an engine that may be another one than that which ships. */
    static void copy(CopyJobs engine, List<String> words) throws CopyRefusedException, InterruptedException {
        Path monitor = Path.of(after("--qmp", words).get(0));
        List<String> disks = after("--disk", words);
        List<String> destinations = after("--dest", words);
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < disks.size(); i++) {
            Path destination = Path.of(destinations.get(i));
            ids.add(engine.start(CopyRequest.of(monitor, disks.get(i), destination, ImageFormat.RAW)
                    .build()));
        }
        for (String id : ids) {
            engine.await(id, report -> report.hasEnded() || report.phase() == JobState.MIRRORING, PATIENCE);
        }
        ids.forEach(id -> CompletableFuture.runAsync(() -> pivot(engine, id)));
        for (String id : ids) {
            engine.await(id, JobReport::hasEnded, PATIENCE);
        }
    }

    private static void pivot(CopyJobs engine, String id) {
        try {
            engine.ask(id, Trigger.PIVOT);
        } catch (CopyRefusedException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<String> after(String option, List<String> words) {
        return IntStream.range(1, words.size())
                .filter(i -> words.get(i - 1).equals(option))
                .mapToObj(words::get)
                .toList();
    }
}
