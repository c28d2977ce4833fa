package dev.blockcopy.engine.standard;

import dev.blockcopy.engine.InterposedStore;
import dev.blockcopy.engine.JobExecutor;
import dev.blockcopy.engine.JobStore;
import dev.blockcopy.engine.Rehearsals;
import dev.blockcopy.model.lifecycle.CopyEffect;
import dev.blockcopy.model.lifecycle.Decision;
import dev.blockcopy.model.lifecycle.JobState;
import dev.blockcopy.model.lifecycle.Trigger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An instant at which this process kills itself with SIGKILL, for those who test what comes after: named by the variable
 * {@code BLOCKCOPY_FAILPOINT} of its environment, by the words of the table.
 *
 * <ul>
 *   <li>{@code commit:PIVOTING}: a step to that state is decided and not yet durable;
 *   <li>{@code before:COMPLETE}: the step is durable, that effect of it not yet performed;
 *   <li>{@code during:COMPLETE}: the effect is performed while the signal is on its way;
 *   <li>{@code after:COMPLETE}: the effect was answered, and nothing is made of the answer yet.
 * </ul>
 *
 * <p>With {@code :2} behind it, the second time that this comes. A rehearsal goes through the same steps and means
 * nothing by them.
 */
final class FailPoint {
    static final String VARIABLE = "BLOCKCOPY_FAILPOINT";

    private static final Pattern FORM =
            Pattern.compile("(commit|before|during|after):([A-Z_]+)(?::([1-9][0-9]{0,3}))?");

    private final String instant;
    private int timesLeft;
    private CopyEffect underWay;

    private FailPoint(String instant, int times) {
        this.instant = instant;
        this.timesLeft = times;
    }

    /** The one that the environment names. */
    static Optional<FailPoint> ofEnvironment() {
        return Optional.ofNullable(System.getenv(VARIABLE)).map(FailPoint::of);
    }

    static FailPoint of(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches() || !words(form.group(1)).contains(form.group(2))) {
            throw new BadEnvironmentException(
                    VARIABLE + "=" + text
                            + " is no instant: give commit:STATE, or before:, during: or after:EFFECT, and :2 for the second time");
        }
        int times = form.group(3) == null ? 1 : Integer.parseInt(form.group(3));
        return new FailPoint(form.group(1) + ":" + form.group(2), times);
    }

    private static Set<String> words(String when) {
        Enum<?>[] words = when.equals("commit") ? JobState.values() : CopyEffect.values();
        return Arrays.stream(words).map(Enum::name).collect(Collectors.toSet());
    }

    Supplier<JobExecutor> over(Supplier<JobExecutor> executors) {
        return () -> {
            JobExecutor executor = executors.get();
            return (job, trigger) -> {
                if (trigger.kind() == Trigger.Kind.ANSWER && underWay != null) {
                    reach("after:" + underWay);
                }
                Decision decision = executor.decide(job, trigger);
                if (isDriving() && decision instanceof Decision.Step step) {
                    underWay = step.effect().orElse(null);
                    if (!step.isDurable()) {
                        begin();
                    }
                }
                return decision;
            };
        };
    }

    JobStore over(JobStore store) {
        return InterposedStore.over(store, (journal, job, lines) -> {
            reach("commit:" + job.phase());
            journal.save(job, lines);
            begin();
        });
    }

    private void begin() {
        if (isDriving() && underWay != null) {
            reach("before:" + underWay);
            reach("during:" + underWay);
        }
    }

    private static boolean isDriving() {
        return !Rehearsals.areUnderWayHere();
    }

    private void reach(String where) {
        if (isDriving() && where.equals(instant) && --timesLeft == 0) {
            Process kill = kill();
            if (!where.startsWith("during:")) {
                kill.onExit().join();
                new CompletableFuture<Void>().join();
            }
        }
    }

    private static Process kill() {
        try {
            long pid = ProcessHandle.current().pid();
            return new ProcessBuilder("kill", "-KILL", String.valueOf(pid)).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
