package dev.blockcopy.qemufake;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongFunction;

/** One image of a {@link MemoryHost}: blocks of 4 KiB, each with its bytes and the number of the write it holds. */
final class MemoryFile {
    static final int BLOCK = 4096;

    /**
     * What a block holds.
     *
     * @param bytes its content; never changed, a write puts another
     * @param write the number of the last write to it
     */
    record Block(byte[] bytes, long write) {}

    private static final byte[] ZEROS = new byte[BLOCK];

    private final TreeMap<Long, Block> blocks = new TreeMap<>();
    private final long identity;
    private long size;
    private boolean isQcow2;
    private long diskSize;
    private String backingFile;
    private Driver backingFormat;

    MemoryFile(long identity, long size) {
        this.identity = identity;
        this.size = size;
        this.diskSize = size;
    }

    /** Makes it an empty qcow2 image. */
    void format(HostWork.Making making) {
        blocks.clear();
        isQcow2 = true;
        diskSize = making.size();
        backingFile = making.backingFile();
        backingFormat = making.backingFormat() == null ? Driver.RAW : Driver.named(making.backingFormat());
    }

    void resize(long newSize) {
        blocks.keySet().removeIf(index -> index * BLOCK >= newSize);
        size = newSize;
        diskSize = newSize;
    }

    long identity() {
        return identity;
    }

    boolean isQcow2() {
        return isQcow2;
    }

    long size() {
        return size;
    }

    long diskSize() {
        return diskSize;
    }

    long allocated() {
        return (long) blocks.size() * BLOCK;
    }

    List<Extents.Range> allocatedRanges() {
        return blocks.keySet().stream()
                .map(index -> new Extents.Range(index * BLOCK, Math.min(diskSize, (index + 1) * BLOCK)))
                .toList();
    }

    String backingFile() {
        return backingFile;
    }

    Driver backingFormat() {
        return backingFormat;
    }

    /** Where its blocks are read; null for one that was never written. */
    LongFunction<Block> blocks() {
        return blocks::get;
    }

    /** The same above another image, from which come the blocks that it lacks. */
    LongFunction<Block> blocksAbove(LongFunction<Block> below) {
        return index -> blocks.containsKey(index) ? blocks.get(index) : below.apply(index);
    }

    void write(long offset, Payload payload, long number) {
        byte[] bytes = payload.bytes();
        long done = 0;
        while (done < payload.length()) {
            long at = offset + done;
            int inBlock = (int) (at % BLOCK);
            int length = (int) Math.min(BLOCK - inBlock, payload.length() - done);
            byte[] content = bytesOf(at / BLOCK).clone();
            for (int i = 0; i < length; i++) {
                content[inBlock + i] = bytes[(int) ((done + i) % bytes.length)];
            }
            blocks.put(at / BLOCK, new Block(content, number));
            done += length;
        }
    }

    /** Carries blocks over; what the source never had is zeros here too. */
    void take(LongFunction<Block> from, long offset, long length) {
        long end = (offset + length + BLOCK - 1) / BLOCK;
        for (long index = offset / BLOCK; index < end; index++) {
            Block block = from.apply(index);
            if (block == null) {
                blocks.remove(index);
            } else {
                blocks.put(index, block);
            }
        }
    }

    List<Long> writesMissingIn(MemoryFile suspect) {
        List<Long> missing = new ArrayList<>();
        for (Map.Entry<Long, Block> entry : blocks.entrySet()) {
            Block other = suspect.blocks.get(entry.getKey());
            long write = entry.getValue().write();
            if ((other == null || other.write() < write) && !missing.contains(write)) {
                missing.add(write);
            }
        }
        missing.sort(null);
        return missing;
    }

    byte[] read(long offset, int length) {
        byte[] bytes = new byte[length];
        for (int done = 0; done < length; ) {
            int inBlock = (int) ((offset + done) % BLOCK);
            int part = Math.min(BLOCK - inBlock, length - done);
            System.arraycopy(bytesOf((offset + done) / BLOCK), inBlock, bytes, done, part);
            done += part;
        }
        return bytes;
    }

    private byte[] bytesOf(long index) {
        Block block = blocks.get(index);
        return block == null ? ZEROS : block.bytes();
    }
}
