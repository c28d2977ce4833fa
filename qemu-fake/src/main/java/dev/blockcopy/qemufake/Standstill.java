package dev.blockcopy.qemufake;

/**
 * Something stands still because of a fault.
 *
 * @param rule which rule; it stands only while the rule's file exists, if it has one
 * @param step the step that a job does not take; null for a monitor
 * @param untilMicros when it goes on
 */
record Standstill(int rule, JobStep step, long untilMicros) {
    private static final long MICROS_PER_MILLI = 1000;

    static Standstill of(QemuState q, int rule, JobStep step) {
        long millis = q.faults.rule(rule).number(FaultKey.MILLIS);
        return new Standstill(rule, step, millis == 0 ? Long.MAX_VALUE : q.nowMicros + millis * MICROS_PER_MILLI);
    }

    boolean holds(QemuState q) {
        return q.nowMicros < untilMicros && q.faults.isFileThere(rule);
    }
}
