package dev.blockcopy.qemufake.server;

import dev.blockcopy.qemufake.Driver;
import dev.blockcopy.qemufake.Errno;
import dev.blockcopy.qemufake.HostResult;
import dev.blockcopy.qemufake.HostWork;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What the first bytes of a qcow2 file say, as far as the fake goes.
 *
 * @param size of the disk, in bytes
 * @param clusterSize in bytes
 * @param l1Offset where the table of tables begins
 * @param refcountOffset where the table of reference counts begins
 * @param backingFile the file below, or null
 * @param backingFormat what that holds, or null
 */
record Qcow2Header(
        long size, int clusterSize, long l1Offset, long refcountOffset, String backingFile, Driver backingFormat) {
    private static final int MAGIC = 0x514649FB;
    private static final int FORMAT_EXTENSION = 0xE2792ACA;
    private static final int LENGTH = 104;
    private static final int CLUSTER_BITS = 16;
    private static final int CLUSTER = 1 << CLUSTER_BITS;
    private static final int REFCOUNT_ORDER = 4;

    static Qcow2Header read(DiskFile file) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(CLUSTER);
        file.readAt(bytes, 0);
        if (bytes.getInt(0) != MAGIC) {
            throw new FailedOpen(Errno.EINVAL, HostResult.Failed.NO_QCOW2.text());
        }
        boolean isVersion3 = bytes.getInt(4) >= 3;
        if (isVersion3 && (bytes.getLong(72) != 0 || bytes.getInt(96) != REFCOUNT_ORDER)) {
            throw new FailedOpen(Errno.EINVAL, "The fake reads plain qcow2 images only");
        }
        long nameAt = bytes.getLong(8);
        String backingFile = nameAt == 0 ? null : text(bytes, (int) nameAt, bytes.getInt(16));
        int headerLength = isVersion3 ? bytes.getInt(100) : 72;
        return new Qcow2Header(
                bytes.getLong(24),
                1 << bytes.getInt(20),
                bytes.getLong(40),
                bytes.getLong(48),
                backingFile,
                backingFile == null ? null : backingFormat(bytes, headerLength));
    }

    /** What a file holds as far as its first bytes tell. */
    static Driver probe(DiskFile file) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES);
        file.readAt(bytes, 0);
        return bytes.getInt(0) == MAGIC ? Driver.QCOW2 : Driver.RAW;
    }

    private static String text(ByteBuffer bytes, int offset, int length) {
        return new String(bytes.array(), offset, length, StandardCharsets.UTF_8);
    }

    private static Driver backingFormat(ByteBuffer bytes, int start) {
        int at = start;
        while (bytes.getInt(at) != 0) {
            int length = bytes.getInt(at + 4);
            if (bytes.getInt(at) == FORMAT_EXTENSION) {
                return Driver.named(text(bytes, at + 8, length));
            }
            at += 8 + (length + 7) / 8 * 8;
        }
        return Driver.RAW;
    }

    /**
     * Makes an empty image of a file: header, counts of its own clusters, and a table of tables full of nothing. The file
     * does not shrink (scenario g36).
     */
    static void write(DiskFile file, HostWork.Making making) throws IOException {
        long tables = divide(divide(making.size(), CLUSTER), CLUSTER / Long.BYTES);
        long l1Clusters = Math.max(1, divide(tables * Long.BYTES, CLUSTER));
        long before = file.size();
        file.truncate(0);
        file.write(header(making, tables), 0);
        file.writeLong(CLUSTER, 2L * CLUSTER);
        for (int i = 0; i < 3 + l1Clusters; i++) {
            file.write(ByteBuffer.allocate(2).putShort((short) 1).flip(), 2L * CLUSTER + 2L * i);
        }
        file.write(ByteBuffer.allocate(1), 3L * CLUSTER + tables * Long.BYTES - 1);
        file.resize(Math.max(before, file.size()));
    }

    private static long divide(long size, long unit) {
        return (size + unit - 1) / unit;
    }

    private static ByteBuffer header(HostWork.Making making, long tables) {
        ByteBuffer bytes = ByteBuffer.allocate(CLUSTER);
        bytes.putInt(0, MAGIC).putInt(4, 3).putInt(20, CLUSTER_BITS).putLong(24, making.size());
        bytes.putInt(36, (int) tables)
                .putLong(40, 3L * CLUSTER)
                .putLong(48, CLUSTER)
                .putInt(56, 1);
        bytes.putInt(96, REFCOUNT_ORDER).putInt(100, LENGTH);
        if (making.backingFile() != null) {
            byte[] format =
                    (making.backingFormat() == null ? "raw" : making.backingFormat()).getBytes(StandardCharsets.UTF_8);
            byte[] name = making.backingFile().getBytes(StandardCharsets.UTF_8);
            bytes.putInt(LENGTH, FORMAT_EXTENSION).putInt(LENGTH + 4, format.length);
            bytes.put(LENGTH + 8, format);
            int nameAt = LENGTH + 8 + (format.length + 7) / 8 * 8 + 8;
            bytes.putLong(8, nameAt).putInt(16, name.length).put(nameAt, name);
        }
        return bytes;
    }
}
