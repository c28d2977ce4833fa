package dev.blockcopy.qemufake.server;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Hands out clusters at the end of a qcow2 file, and counts them as used. */
final class Qcow2Refcounts {
    private final DiskFile file;
    private final Qcow2Header header;

    Qcow2Refcounts(DiskFile file, Qcow2Header header) {
        this.file = file;
        this.header = header;
    }

    /** A new cluster, counted once; its content is still to be written. */
    long allocate() throws IOException {
        long host = takeLast();
        count(host);
        return host;
    }

    private long takeLast() throws IOException {
        int cluster = header.clusterSize();
        long host = (file.size() + cluster - 1) / cluster * cluster;
        file.write(ByteBuffer.allocate(1), host + cluster - 1);
        return host;
    }

    private void count(long host) throws IOException {
        int perBlock = header.clusterSize() / Short.BYTES;
        long number = host / header.clusterSize();
        long blockAt = header.refcountOffset() + number / perBlock * Long.BYTES;
        long block = file.readLong(blockAt);
        if (block == 0) {
            block = takeLast();
            file.writeLong(blockAt, block);
            count(block);
        }
        file.write(ByteBuffer.allocate(2).putShort((short) 1).flip(), block + number % perBlock * Short.BYTES);
    }
}
