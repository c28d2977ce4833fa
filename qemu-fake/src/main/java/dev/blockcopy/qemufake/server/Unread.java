package dev.blockcopy.qemufake.server;

/**
 * How much is kept for a client that does not read: first its commands wait, and when events alone have become too many
 * the connection goes. A client that reads late loses nothing (transcript d07).
 */
final class Unread {
    /** Commands of a monitor wait while more bytes than these are unsent. */
    static final long COMMANDS_WAIT_BYTES = 1 << 20;
    /** The same in lines, where a fault holds them back. */
    static final int COMMANDS_WAIT_LINES = 1000;
    /** A client for whom more lines than these are held back by a fault is dropped when one more comes. */
    static final int DROPPED_LINES = 10_000;

    private static final long DROPPED_BYTES = 16 << 20;
    private static final int PART_OF_HEAP = 16;

    private Unread() {}

    /** A client that leaves more bytes than these unsent is dropped when more come. */
    static long droppedBytes() {
        return Math.min(DROPPED_BYTES, Runtime.getRuntime().maxMemory() / PART_OF_HEAP);
    }
}
