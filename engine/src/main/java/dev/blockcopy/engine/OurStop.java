package dev.blockcopy.engine;

import dev.blockcopy.model.qmp.QmpEvent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * A {@code stop} of ours that QEMU has not answered, and what was heard meanwhile: did it pause the guest, or had somebody
 * else done so since our look?
 *
 * <p>Before its answer comes one STOP if the guest still ran after the look, whoever paused it; the time of that event, by
 * the clock of the host, tells who was first. Neither word costs anything: a guest that runs on because nobody asked again
 * is not paused any longer.
 *
 * <p>To let go a guest that its owner has paused can destroy what the owner does; to leave one paused that we have paused is
 * seen and harms no data, but must not come of a clock. So only an event between our look and our {@code stop} is somebody
 * else's, with the earlier of two times for our {@code stop}: as the clock told it then, and as it tells it once the answer
 * is there. A clock that is set back in between can then not make our own event look older than our command.
 */
final class OurStop {
    private final String id;
    private final Instant lookedAt;
    private final Instant sentAt;
    private final long sentAtNanos;
    private Optional<Instant> pausedAt = Optional.empty();

    /**
     * One that is being sent.
     *
     * @param lookedAt when the look at the guest was sent, after which it ran; {@link Instant#MAX} if there was none
     */
    OurStop(String id, Instant lookedAt, Instant sentAt, long sentAtNanos) {
        this.id = id;
        this.lookedAt = inMicros(lookedAt);
        this.sentAt = inMicros(sentAt);
        this.sentAtNanos = sentAtNanos;
    }

    boolean isAnsweredBy(String replyId) {
        return id.equals(replyId);
    }

    /** The last STOP counts, unless the guest is resumed after it. */
    void hear(QmpEvent event) {
        if (event.name().equals("STOP")) {
            QmpEvent.Timestamp time = event.timestamp();
            pausedAt = Optional.of(Instant.ofEpochSecond(time.seconds()).plus(time.microseconds(), ChronoUnit.MICROS));
        } else if (event.name().equals("RESUME")) {
            pausedAt = Optional.empty();
        }
    }

    /** Now that it is answered: whether somebody else had paused the guest by then. */
    boolean wasSecond(Instant now, long nowNanos) {
        Instant asToldNow = inMicros(now.minusNanos(nowNanos - sentAtNanos));
        Instant sent = asToldNow.isBefore(sentAt) ? asToldNow : sentAt;
        return pausedAt.filter(at -> !at.isBefore(lookedAt) && at.isBefore(sent))
                .isPresent();
    }

    /** QEMU tells no less. */
    private static Instant inMicros(Instant instant) {
        return instant.equals(Instant.MAX) ? instant : instant.truncatedTo(ChronoUnit.MICROS);
    }
}
