package dev.blockcopy.model.qmp;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Something that happened in QEMU, known to us or not; {@link BlockJobEvent} reads those of jobs.
 *
 * @param data the event's members, empty if it has none
 */
public record QmpEvent(String name, Timestamp timestamp, Map<String, Object> data) implements QmpMessage {

    /** Copies the data, which are then immutable. */
    public QmpEvent {
        data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
    }

    /** When it happened, by the clock of QEMU's host; both are -1 if QEMU could not tell. */
    public record Timestamp(long seconds, long microseconds) implements QmpRecord {}
}
