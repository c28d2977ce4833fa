package dev.blockcopy.qemufake;

import dev.blockcopy.model.Effect;
import dev.blockcopy.model.Repeat;
import dev.blockcopy.model.qmp.JobStatus;
import java.util.List;
import java.util.Locale;

/**
 * What a job tells its monitors in one go, in order: a status in small letters is a JOB_STATUS_CHANGE, a word in
 * capitals an event of its own.
 *
 * @param lines {@code waiting}, {@code COMPLETED} and so on
 */
public record Telling(List<String> lines) implements Effect {
    static final String READY = "READY";
    static final String PENDING = "PENDING";
    static final String COMPLETED = "COMPLETED";
    static final String CANCELLED = "CANCELLED";

    public Telling {
        lines = List.copyOf(lines);
    }

    static Telling of(String... lines) {
        return new Telling(List.of(lines));
    }

    static boolean isStatus(String line) {
        return Character.isLowerCase(line.charAt(0));
    }

    static JobStatus status(String line) {
        return JobStatus.valueOf(line.toUpperCase(Locale.ROOT));
    }

    @Override
    public String name() {
        return String.join(" ", lines);
    }

    @Override
    public Repeat repeat() {
        return Repeat.observable("events are told once, and what they tell can be asked for by query-jobs");
    }
}
