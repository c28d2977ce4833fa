package dev.blockcopy.qemufake.server;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.zip.CRC32;

/**
 * What the scripted guest writes: 4 KiB with a number and a checksum, so that an image tells which record it holds.
 *
 * @param number counts from 1
 * @param offset where on the disk it lies, in bytes
 */
public record GuestRecord(long number, long offset) {
    public static final int LENGTH = 4096;

    private static final long MAGIC = 0x626c6f636b636f70L;
    private static final int CHECKED = LENGTH - Long.BYTES;

    byte[] bytes() {
        ByteBuffer bytes = ByteBuffer.allocate(LENGTH);
        bytes.putLong(MAGIC).putLong(number).putLong(offset);
        while (bytes.position() < CHECKED) {
            bytes.putLong(number * 0x9E3779B97F4A7C15L + bytes.position());
        }
        bytes.putLong(sum(bytes.array()));
        return bytes.array();
    }

    /** The number of the record that these bytes are, if they are one of this place and whole. */
    public static OptionalLong numberIn(byte[] bytes, long offset) {
        ByteBuffer from = ByteBuffer.wrap(bytes);
        boolean isRecord = from.getLong(0) == MAGIC
                && from.getLong(2 * Long.BYTES) == offset
                && from.getLong(CHECKED) == sum(bytes);
        return isRecord ? OptionalLong.of(from.getLong(Long.BYTES)) : OptionalLong.empty();
    }

    /** Whether the bytes of its place hold it, or a later one. */
    public boolean isIn(byte[] bytes) {
        OptionalLong found = numberIn(bytes, offset);
        return found.isPresent() && found.getAsLong() >= number;
    }

    /** What a disk must hold that all of these were written to, in their order. */
    public static Collection<GuestRecord> lastOfEachPlace(List<GuestRecord> records) {
        Map<Long, GuestRecord> last = new LinkedHashMap<>();
        records.forEach(record -> last.put(record.offset(), record));
        return last.values();
    }

    private static long sum(byte[] bytes) {
        CRC32 sum = new CRC32();
        sum.update(bytes, 0, CHECKED);
        return sum.getValue();
    }
}
