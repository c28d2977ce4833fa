package dev.blockcopy.qemufake;

import java.util.Arrays;

/**
 * Bytes to be written.
 *
 * @param bytes a block that is repeated until the length is reached
 * @param length how many bytes in all
 */
public record Payload(byte[] bytes, long length) {
    public static Payload of(byte[] bytes) {
        return new Payload(bytes, bytes.length);
    }

    /** One byte, many times, as {@code qemu-io write -P} does. */
    public static Payload pattern(int value, long length) {
        byte[] block = new byte[(int) Math.min(length, 1 << 16)];
        Arrays.fill(block, (byte) value);
        return new Payload(block, length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Payload that && length == that.length && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(bytes) + Long.hashCode(length);
    }
}
