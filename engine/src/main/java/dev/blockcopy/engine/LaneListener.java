package dev.blockcopy.engine;

/** Who watches a lane; called from the lane's thread, so it must return soon. */
interface LaneListener {
    /** The job moved, or more of it was copied. */
    void moved(CopyJob job, Progress progress);

    /** The monitor can't be used at the moment; a line for people. */
    void trouble(String text);

    /** The same, where somebody listens and does not serve us. */
    default void notServed(String text) {
        trouble(text);
    }

    /** A session is there and all jobs were told. */
    void connected();

    /** The lane can't go on: what must be durable could not be written, or we are at fault. */
    void halted(RuntimeException why);
}
