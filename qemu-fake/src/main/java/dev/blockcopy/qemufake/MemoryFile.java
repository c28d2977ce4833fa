package dev.blockcopy.qemufake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.LongFunction;

/**
 * One of {@link MemoryFiles}: blocks of 4 KiB, each with its bytes and the number of the write it holds. What was changed
 * since it was last synced is remembered as it was then.
 */
final class MemoryFile {
    static final int BLOCK = 4096;

    /**
     * What a block holds.
     *
     * @param bytes its content; never changed, a write puts another
     * @param write the number of the last write to it
     */
    record Block(byte[] bytes, long write) {}

    /**
     * What it is, apart from its blocks.
     *
     * @param size in bytes
     * @param isQcow2 raw otherwise
     * @param diskSize what a guest sees
     * @param backingFile what a qcow2 image names as the file below it, or null
     * @param backingFormat what that holds, or null
     */
    private record Shape(long size, boolean isQcow2, long diskSize, String backingFile, Driver backingFormat) {}

    private static final byte[] ZEROS = new byte[BLOCK];

    private final TreeMap<Long, Block> blocks = new TreeMap<>();
    /** How the blocks that were changed since it was synced were then; null for one that was not there. */
    private final Map<Long, Block> synced = new HashMap<>();

    private final long identity;
    private Shape shape;
    private Shape syncedShape;

    MemoryFile(long identity, long size) {
        this.identity = identity;
        this.shape = new Shape(size, false, size, null, null);
        this.syncedShape = new Shape(0, false, 0, null, null);
    }

    /** Makes it an empty qcow2 image. */
    void format(HostWork.Making making) {
        List.copyOf(blocks.keySet()).forEach(index -> put(index, null));
        Driver below = making.backingFormat() == null ? Driver.RAW : Driver.named(making.backingFormat());
        shape = new Shape(shape.size, true, making.size(), making.backingFile(), below);
    }

    void resize(long newSize) {
        List.copyOf(blocks.keySet()).stream()
                .filter(index -> index * BLOCK >= newSize)
                .forEach(index -> put(index, null));
        shape = new Shape(newSize, shape.isQcow2, newSize, shape.backingFile, shape.backingFormat);
    }

    /** The only place at which a block changes. */
    private void put(long index, Block block) {
        Block before = block == null ? blocks.remove(index) : blocks.put(index, block);
        boolean isChanged = block != null || before != null;
        if (isChanged && !synced.containsKey(index)) {
            synced.put(index, before);
        }
    }

    /** A power loss takes nothing of it from now on. */
    void sync() {
        synced.clear();
        syncedShape = shape;
    }

    /** Of each change that was not synced, and of the shape, chance says whether it is kept. */
    void losePower(BooleanSupplier isKept) {
        new TreeMap<>(synced).forEach((index, before) -> {
            if (!isKept.getAsBoolean()) {
                put(index, before);
            }
        });
        if (!shape.equals(syncedShape) && !isKept.getAsBoolean()) {
            shape = syncedShape;
        }
        sync();
    }

    long identity() {
        return identity;
    }

    boolean isQcow2() {
        return shape.isQcow2;
    }

    long size() {
        return shape.size;
    }

    long diskSize() {
        return shape.diskSize;
    }

    long allocated() {
        return (long) blocks.size() * BLOCK;
    }

    List<Extents.Range> allocatedRanges() {
        return blocks.keySet().stream()
                .map(index -> new Extents.Range(index * BLOCK, Math.min(shape.diskSize, (index + 1) * BLOCK)))
                .toList();
    }

    String backingFile() {
        return shape.backingFile;
    }

    Driver backingFormat() {
        return shape.backingFormat;
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
            byte[] content =
                    length == BLOCK ? new byte[BLOCK] : bytesOf(at / BLOCK).clone();
            for (int copied = 0; copied < length; ) {
                int from = (int) ((done + copied) % bytes.length);
                int part = Math.min(length - copied, bytes.length - from);
                System.arraycopy(bytes, from, content, inBlock + copied, part);
                copied += part;
            }
            put(at / BLOCK, new Block(content, number));
            done += length;
        }
    }

    /** Carries blocks over; what the source never had is zeros here too. */
    void take(LongFunction<Block> from, long offset, long length) {
        long end = (offset + length + BLOCK - 1) / BLOCK;
        for (long index = offset / BLOCK; index < end; index++) {
            put(index, from.apply(index));
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
