package dev.blockcopy.engine;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;
import org.slf4j.Logger;
import org.slf4j.helpers.NOPLogger;

/**
 * What is around a lane that one caller holds in hand: a queue, a clock that stands unless it is moved, no log, and nobody
 * who listens.
 */
abstract class StillPorts implements LanePorts, LaneListener {
    final Queue<LaneInput> queue = new ArrayDeque<>();
    long nowNanos;

    @Override
    public Logger log() {
        return NOPLogger.NOP_LOGGER;
    }

    @Override
    public long nanoTime() {
        return nowNanos;
    }

    @Override
    public Instant now() {
        return Instant.EPOCH.plusNanos(nowNanos);
    }

    @Override
    public void post(LaneInput input) {
        queue.add(input);
    }

    @Override
    public void moved(CopyJob job, Progress progress) {
        // Whoever holds the lane looks into the journal.
    }

    @Override
    public void trouble(String text) {
        // It is no news to whoever brought it about.
    }

    @Override
    public void connected() {
        // The jobs were told.
    }

    @Override
    public void halted(RuntimeException why) {
        throw why;
    }
}
