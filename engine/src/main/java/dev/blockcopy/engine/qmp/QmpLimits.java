package dev.blockcopy.engine.qmp;

/**
 * What a connection puts up with; a limit that is passed ends the connection, except {@code replyMillis}.
 *
 * @param connectMillis time to wait for a place in the listener's queue
 * @param openMillis time for the greeting and the negotiation
 * @param replyMillis time for a reply, where the caller sets none; then {@link QmpInput.TimedOut}
 * @param silenceMillis time without a byte from QEMU; after a quarter of it the session asks {@code query-name}, to hear
 *     something
 * @param lineBytesMax length of one line from QEMU
 * @param requestsMax commands without a reply
 * @param outgoingBytesMax bytes that QEMU has not taken yet
 */
public record QmpLimits(
        long connectMillis,
        long openMillis,
        long replyMillis,
        long silenceMillis,
        int lineBytesMax,
        int requestsMax,
        int outgoingBytesMax) {

    /** Five seconds to connect and again to open, half a minute for replies, a minute of silence, 64 MiB a line (QEMU's own limit of a token), 1024 requests. */
    public static final QmpLimits DEFAULT = new QmpLimits(5_000, 5_000, 30_000, 60_000, 64 << 20, 1024, 64 << 20);

    /** Refuses limits that leave no room. */
    public QmpLimits {
        long least = Math.min(
                Math.min(Math.min(connectMillis, openMillis), replyMillis), Math.min(silenceMillis, lineBytesMax));
        if (Math.min(least, Math.min(requestsMax, outgoingBytesMax)) <= 0) {
            throw new IllegalArgumentException("limits are positive numbers");
        }
    }

    /** These limits with another time to connect. */
    public QmpLimits withConnectMillis(long millis) {
        return new QmpLimits(
                millis, openMillis, replyMillis, silenceMillis, lineBytesMax, requestsMax, outgoingBytesMax);
    }

    /** These limits with another time to open. */
    public QmpLimits withOpenMillis(long millis) {
        return new QmpLimits(
                connectMillis, millis, replyMillis, silenceMillis, lineBytesMax, requestsMax, outgoingBytesMax);
    }

    /** These limits with another time to reply. */
    public QmpLimits withReplyMillis(long millis) {
        return new QmpLimits(
                connectMillis, openMillis, millis, silenceMillis, lineBytesMax, requestsMax, outgoingBytesMax);
    }

    /** These limits with another silence. */
    public QmpLimits withSilenceMillis(long millis) {
        return new QmpLimits(
                connectMillis, openMillis, replyMillis, millis, lineBytesMax, requestsMax, outgoingBytesMax);
    }

    /** These limits with another length of a line. */
    public QmpLimits withLineBytesMax(int bytes) {
        return new QmpLimits(
                connectMillis, openMillis, replyMillis, silenceMillis, bytes, requestsMax, outgoingBytesMax);
    }

    /** These limits with another number of requests. */
    public QmpLimits withRequestsMax(int requests) {
        return new QmpLimits(
                connectMillis, openMillis, replyMillis, silenceMillis, lineBytesMax, requests, outgoingBytesMax);
    }
}
