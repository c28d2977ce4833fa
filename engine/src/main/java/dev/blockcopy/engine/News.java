package dev.blockcopy.engine;

import dev.blockcopy.model.lifecycle.Trigger;
import dev.blockcopy.model.qmp.QmpEvent;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Events as triggers. JOB_STATUS_CHANGE alone tells of jobs (the BLOCK_JOB_ events say the same again), RESUME of the
 * guest; everything else is of no concern to a job and is let pass.
 */
final class News {
    private News() {}

    /** Which jobs an event concerns, and what it means to each. */
    static Map<LiveJob, Trigger> of(QmpEvent event, Collection<LiveJob> jobs) {
        Map<LiveJob, Trigger> news = new LinkedHashMap<>();
        if (event.name().equals("RESUME")) {
            jobs.forEach(live -> news.put(live, Trigger.RESUMED));
        } else if (event.name().equals("JOB_STATUS_CHANGE")) {
            Object id = event.data().get("id");
            Trigger trigger = ofStatus(String.valueOf(event.data().get("status")));
            jobs.stream()
                    .filter(live -> trigger != null)
                    .filter(live -> live.spec().id().equals(id)
                            || live.spec().formatJobId().equals(id))
                    .forEach(live -> news.put(live, trigger));
        }
        return news;
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
