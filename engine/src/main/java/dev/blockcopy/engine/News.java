package dev.blockcopy.engine;

import dev.blockcopy.model.lifecycle.Trigger;
import dev.blockcopy.model.qmp.QmpEvent;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Events as triggers. JOB_STATUS_CHANGE tells of jobs, and of the BLOCK_JOB_ events, which say the same again,
 * BLOCK_JOB_PENDING alone: it comes only of jobs that are finalized by hand (QEMU's blockjob.c, transcript m12). RESUME,
 * SUSPEND and WAKEUP tell of the guest; everything else is of no concern to a job and is let pass.
 */
final class News {
    private static final Set<String> OF_GUEST = Set.of("RESUME", "SUSPEND", "WAKEUP");

    private News() {}

    /** Which jobs an event concerns, and what it means to each. */
    static Map<LiveJob, Trigger> of(QmpEvent event, Collection<LiveJob> jobs) {
        Map<LiveJob, Trigger> news = new LinkedHashMap<>();
        for (LiveJob live : jobs) {
            live.spec().dialect().speech().news(event, live).ifPresent(trigger -> news.put(live, trigger));
        }
        return news;
    }

    /** What an event means to one job of the job API. */
    static Optional<Trigger> of(QmpEvent event, LiveJob live) {
        if (isOfGuest(event)) {
            return ofGuest(event, live);
        }
        Object id = event.data().get("id");
        if (event.name().equals("BLOCK_JOB_PENDING") && live.spec().id().equals(id)) {
            return Optional.of(Trigger.PENDING);
        }
        boolean isOurs = event.name().equals("JOB_STATUS_CHANGE")
                && (live.spec().id().equals(id) || live.spec().formatJobId().equals(id));
        return isOurs ? Optional.ofNullable(ofStatus(String.valueOf(event.data().get("status")))) : Optional.empty();
    }

    static boolean isOfGuest(QmpEvent event) {
        return OF_GUEST.contains(event.name());
    }

    /** A guest that sleeps is woken by many, and each lets it go on as RESUME does. */
    static Optional<Trigger> ofGuest(QmpEvent event, LiveJob live) {
        live.guestIsSuspended = event.name().equals("SUSPEND");
        return live.guestIsSuspended ? Optional.empty() : Optional.of(Trigger.RESUMED);
    }

    /** A job that vanishes has ended too; somebody else dismissed it. */
    private static Trigger ofStatus(String status) {
        return switch (status) {
            case "ready" -> Trigger.READY;
            case "concluded", "null" -> Trigger.ENDED;
            default -> null;
        };
    }
}
