package dev.blockcopy.qemufake.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A disk in a qcow2 file: its own clusters, and below them another disk, if there is one. Neither compression,
 * encryption nor snapshots. The format is described in QEMU's {@code docs/interop/qcow2.txt}.
 */
final class Qcow2Disk implements Disk {
    private static final long COPIED = 1L << 63;
    private static final long COMPRESSED = 1L << 62;
    private static final long OFFSET = 0x00FF_FFFF_FFFF_FE00L;
    private static final long ZERO = 1;

    private final DiskFile file;
    private final Qcow2Header header;
    private final Qcow2Refcounts refcounts;
    private final Disk below;
    private final int cluster;

    Qcow2Disk(DiskFile file, Disk below) throws IOException {
        this.file = file;
        this.header = Qcow2Header.read(file);
        this.refcounts = new Qcow2Refcounts(file, header);
        this.below = below;
        this.cluster = header.clusterSize();
    }

    @Override
    public void read(ByteBuffer into, long offset) throws IOException {
        int end = into.limit();
        while (into.position() < end) {
            long at = offset + into.position();
            into.limit(Math.min(end, into.position() + room(at)));
            readInCluster(into, at, offset);
        }
    }

    private int room(long at) {
        return (int) (cluster - at % cluster);
    }

    private void readInCluster(ByteBuffer into, long at, long offset) throws IOException {
        long entry = entry(at);
        long host = hostOf(entry);
        if (host != 0) {
            file.readAt(into, host + at % cluster);
        } else if (entry == 0 && below != null) {
            below.read(into, offset);
        } else {
            while (into.hasRemaining()) {
                into.put((byte) 0);
            }
        }
    }

    /** Zero for a cluster that reads as zeros or lies below. */
    private static long hostOf(long entry) throws IOException {
        if ((entry & COMPRESSED) != 0) {
            throw new IOException("The fake reads no compressed clusters");
        }
        return (entry & ZERO) != 0 ? 0 : entry & OFFSET;
    }

    @Override
    public void write(ByteBuffer bytes, long offset) throws IOException {
        int start = bytes.position();
        int end = bytes.limit();
        while (bytes.position() < end) {
            long at = offset + bytes.position() - start;
            bytes.limit(Math.min(end, bytes.position() + room(at)));
            long host = clusterFor(at);
            file.write(bytes, host + at % cluster);
        }
    }

    /** The host's place of the cluster around an offset, made and filled with what was there if it has to be. */
    private long clusterFor(long at) throws IOException {
        long entry = entry(at);
        if ((entry & COPIED) != 0 && hostOf(entry) != 0) {
            return hostOf(entry);
        }
        ByteBuffer content = ByteBuffer.allocate(cluster);
        read(content, at / cluster * cluster);
        long host = refcounts.allocate();
        file.write(content.flip(), host);
        file.writeLong(entryAt(at), host | COPIED);
        return host;
    }

    private long entry(long at) throws IOException {
        long table = file.readLong(tableAt(at)) & OFFSET;
        return table == 0 ? 0 : file.readLong(table + indexInTable(at));
    }

    /** Where the entry of a cluster stands; its table is made if it has to be. */
    private long entryAt(long at) throws IOException {
        long table = file.readLong(tableAt(at)) & OFFSET;
        if (table == 0) {
            table = refcounts.allocate();
            file.write(ByteBuffer.allocate(cluster), table);
            file.writeLong(tableAt(at), table | COPIED);
        }
        return table + indexInTable(at);
    }

    private long tableAt(long at) {
        return header.l1Offset() + at / cluster / (cluster / Long.BYTES) * Long.BYTES;
    }

    private long indexInTable(long at) {
        return at / cluster % (cluster / Long.BYTES) * Long.BYTES;
    }

    @Override
    public List<Stretch> own() throws IOException {
        List<Stretch> own = new ArrayList<>();
        for (long at = 0; at < header.size(); at += cluster) {
            if (entry(at) != 0) {
                own.add(new Stretch(at, Math.min(at + cluster, header.size())));
            }
        }
        return own;
    }
}
