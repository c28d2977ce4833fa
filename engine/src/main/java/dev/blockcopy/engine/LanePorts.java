package dev.blockcopy.engine;

import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;

/** What a lane needs from outside; a simulation brings its own. */
interface LanePorts {
    Journal journal();

    JobExecutor executor();

    MonitorDialer dialer();

    FileWork files();

    /** Where steps, and whatever is odd, are told to people who look into it. */
    Logger log();

    /** A clock that only goes forward, in nanoseconds. */
    long nanoTime();

    /** The clock that people read. */
    Instant now();

    /** Puts an input into the lane's queue. */
    void post(LaneInput input);

    /** Puts an input into the lane's queue, later. */
    void post(LaneInput input, Duration delay);
}
