package dev.blockcopy.qemufake.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** Disks that all hold the same: each is written, the first is read. */
record Replicas(List<Disk> disks) implements Disk {
    @Override
    public void read(ByteBuffer into, long offset) throws IOException {
        disks.get(0).read(into, offset);
    }

    @Override
    public void write(ByteBuffer bytes, long offset) throws IOException {
        for (Disk disk : disks) {
            disk.write(bytes.duplicate(), offset);
        }
        bytes.position(bytes.limit());
    }

    @Override
    public List<Stretch> own() throws IOException {
        return disks.get(0).own();
    }
}
