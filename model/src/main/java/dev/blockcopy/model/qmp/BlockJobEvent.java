package dev.blockcopy.model.qmp;

import java.util.Optional;

/**
 * The events of jobs, typed; {@code device} holds the job's id.
 *
 * <p>An event may be missed, and some are sent before the reply of the command that caused them. Only queries are proof.
 */
public sealed interface BlockJobEvent extends QmpRecord {

    /** The job's id. */
    String jobId();

    /**
     * Reads an event of a job; empty for any other event.
     *
     * @throws QmpSyntaxException if its data are not what QAPI promises
     */
    static Optional<BlockJobEvent> of(QmpEvent event) {
        Class<?> type = JobEventNames.TYPES.get(event.name());
        return Optional.ofNullable(type).map(known ->
                (BlockJobEvent) MemberReader.answer(known.asSubclass(Record.class), event.data(), event.name()));
    }

    /** The event's name on the wire. */
    default String event() {
        return JobEventNames.of(getClass());
    }

    /** This as a line to be sent, for one who plays QEMU. */
    default QmpEvent at(QmpEvent.Timestamp timestamp) {
        return new QmpEvent(event(), timestamp, members());
    }

    /** Every change of a job's status. */
    record JobStatusChange(JobStatus status, String id) implements BlockJobEvent {
        @Override
        public String jobId() {
            return id;
        }
    }

    /** A mirror has caught up, once in its life; it is not repeated to a new connection. */
    record BlockJobReady(String device, long len, long offset, long speed, JobType type) implements BlockJobEvent {
        @Override
        public String jobId() {
            return device;
        }
    }

    /** A job has ended: by itself, pivoted, cancelled gracefully, or failed, then with {@code error}. */
    record BlockJobCompleted(
            String device,
            long len,
            long offset,
            long speed,
            JobType type,
            @MayBeAbsent String error) implements BlockJobEvent {
        @Override
        public String jobId() {
            return device;
        }
    }

    /** A job was cancelled by force, or before it was ready. */
    record BlockJobCancelled(String device, long len, long offset, long speed, JobType type) implements BlockJobEvent {
        @Override
        public String jobId() {
            return device;
        }
    }

    /** A request of a job failed; comes once for every request in flight. */
    record BlockJobError(String device, IoOperationType operation, BlockErrorAction action) implements BlockJobEvent {
        @Override
        public String jobId() {
            return device;
        }
    }

    /** A job waits for {@code job-finalize}. */
    record BlockJobPending(JobType type, String id) implements BlockJobEvent {
        @Override
        public String jobId() {
            return id;
        }
    }
}
