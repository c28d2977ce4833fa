package dev.blockcopy.engine;

/**
 * How far a job is, as QEMU last told; not a part of the journal, and no evidence of anything.
 *
 * @param offsetBytes what is done
 * @param lengthBytes what there is to do; grows with the guest's writes
 * @param bytesPerSecond the rate of late; 0 if it is not known
 */
public record Progress(long offsetBytes, long lengthBytes, long bytesPerSecond) {
    public static final Progress NONE = new Progress(0, 0, 0);

    public long behindBytes() {
        return Math.max(0, lengthBytes - offsetBytes);
    }
}
