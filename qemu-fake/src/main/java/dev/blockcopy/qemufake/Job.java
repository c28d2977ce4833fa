package dev.blockcopy.qemufake;

import static dev.blockcopy.qemufake.JobPlaces.STATUS;

import dev.blockcopy.model.Layout;
import dev.blockcopy.model.Rule;
import dev.blockcopy.model.Slot;
import dev.blockcopy.model.Valuation;
import dev.blockcopy.model.qmp.JobStatus;
import java.util.List;
import java.util.Optional;

/** A job of a {@link QemuState}: its heart, and around it what it was started with and how far it has come. */
final class Job {
    static final String CANCELED = "Operation canceled";

    private static final Valuation INITIAL = new Layout(JobPlaces.ALL).initial();

    final JobSettings settings;
    /** Null for a job that only creates. */
    final MirrorSettings mirror;

    /** What {@link JobHeart} remembers; changed by its rules alone, but for what data tell it. */
    Valuation heart;

    /** In this heart, or in one that it had before. */
    private Enabled enabled;

    /** The target was written to since its last flush. */
    boolean isUnflushed;

    String ioStatus = "ok";
    /** Why it failed; null while it has not. */
    String error;

    long speed;
    long offset;
    /** What was left when the job last looked: one that sleeps or is paused does not (scenarios l02, l38). */
    private long remaining;

    /** The limit on its speed lets it sleep until then. */
    long asleepUntilMicros;

    Extents dirty = Extents.NONE;
    /**
     * The bitmap of a backup.
     *
     * @param name of the source's bitmap
     * @param mode what becomes of it: on-success, never, always
     * @param isAll nothing else is saved
     */
    record OfBitmap(String name, String mode, boolean isAll) {}

    /** Null for none. */
    OfBitmap bitmap;
    /** What a backup has saved because the guest was about to overwrite it. */
    Extents saved = Extents.NONE;
    /** Where the next look for something dirty begins: on from the last piece, then from the start. */
    long cursor;
    /** What is being carried right now, the oldest first. */
    List<Request> flight = List.of();

    /** What a fault keeps it from doing; null for nothing. */
    Standstill stall;

    Job(JobSettings settings, MirrorSettings mirror) {
        this(settings, mirror, Enabled.in(beginning(settings)));
    }

    private Job(JobSettings settings, MirrorSettings mirror, Enabled enabled) {
        this.settings = settings;
        this.mirror = mirror;
        this.heart = enabled.heart();
        this.enabled = enabled;
    }

    private static Valuation beginning(JobSettings settings) {
        return INITIAL.with(JobPlaces.MIRRORS, settings.isMirror())
                .with(JobPlaces.BACKS_UP, settings.type().equals(JobSettings.BACKUP))
                .with(JobPlaces.GROUPED, settings.group() > 0)
                .with(JobPlaces.AUTO_FINALIZE, settings.autoFinalize())
                .with(JobPlaces.AUTO_DISMISS, settings.autoDismiss());
    }

    Job copy() {
        Job copy = new Job(settings, mirror, enabled);
        copy.heart = heart;
        copy.isUnflushed = isUnflushed;
        copy.ioStatus = ioStatus;
        copy.error = error;
        copy.speed = speed;
        copy.offset = offset;
        copy.asleepUntilMicros = asleepUntilMicros;
        copy.remaining = remaining;
        copy.dirty = dirty;
        copy.bitmap = bitmap;
        copy.saved = saved;
        copy.stall = stall;
        copy.cursor = cursor;
        copy.flight = flight;
        return copy;
    }

    String id() {
        return settings.id();
    }

    /** Mirrors or backs up, and does not create. */
    boolean isBlockJob() {
        return mirror != null;
    }

    JobStatus status() {
        return heart.get(STATUS);
    }

    boolean is(Slot<Boolean> flag) {
        return heart.get(flag);
    }

    /** The rule that it takes of its own accord by a step, if that is enabled; null if not. */
    Rule own(JobStep step) {
        return enabled().own(step);
    }

    /** What it makes of a request. */
    JobHeart.Answer answerTo(JobRequest request) {
        return enabled().answerTo(request);
    }

    /** Two threads that ask a job of a published state write down the same. */
    private Enabled enabled() {
        Enabled now = enabled;
        if (now.heart() != heart) {
            now = Enabled.in(heart);
            heart = now.heart();
            enabled = now;
        }
        return now;
    }

    /** The one of these rules that is enabled. */
    Optional<Rule> enabled(List<Rule> rules) {
        for (Rule rule : rules) {
            if (heart.satisfies(rule.when())) {
                return Optional.of(rule);
            }
        }
        return Optional.empty();
    }

    /** Tells the heart whether anything is left to carry. */
    void lookBehind() {
        heart = heart.with(JobPlaces.IN_FLIGHT, !flight.isEmpty())
                .with(JobPlaces.BEHIND, !dirty.isEmpty() || !flight.isEmpty() || isUnflushed);
    }

    /** What QEMU calls {@code len}: what was carried and what was left then. */
    long length() {
        return offset + remaining;
    }

    /** Looks what is left. */
    void count() {
        remaining = dirty.bytes() + bytesInFlight();
    }

    /** What is under way, and may still fail. */
    long bytesInFlight() {
        return flight.stream().mapToLong(request -> request.range().length()).sum();
    }

    /** So much more has been carried. */
    void carried(long bytes) {
        offset += bytes;
        remaining -= bytes;
    }

    /** Takes a rule; events are not told here. */
    void take(Rule rule) {
        heart = heart.after(rule.changes());
    }

    /** Marks bytes of the source as different from the target's, in whole granules. */
    void mark(long start, long length, long diskSize) {
        long granule = mirror.granularity();
        long low = start / granule * granule;
        long high = (start + length + granule - 1) / granule * granule;
        dirty = dirty.with(low, Math.min(high, diskSize));
        lookBehind();
    }

    /** What query-block-jobs calls {@code ready}. */
    boolean isReady() {
        return status() == JobStatus.READY || status() == JobStatus.STANDBY;
    }

    /** Its work is done; what is left is how it ends. */
    boolean isOver() {
        return status().compareTo(JobStatus.WAITING) >= 0;
    }

    /** Neither asleep nor over. */
    boolean isActive() {
        return status() == JobStatus.RUNNING || status() == JobStatus.READY;
    }

    /** Ready, and asked for no more than to stay so: the limit on its speed is not applied. */
    boolean isIdling() {
        return status() == JobStatus.READY && heart.get(JobPlaces.ASKED) == JobPlaces.Asked.NOTHING;
    }

    boolean isWorking() {
        return is(JobPlaces.STARTED) && isActive();
    }
}
