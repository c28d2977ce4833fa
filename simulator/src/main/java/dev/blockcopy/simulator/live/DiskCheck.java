package dev.blockcopy.simulator.live;

import dev.blockcopy.qemufake.server.GuestRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * An image compared, block by block, with what a guest was told that its disk holds. For images that nobody writes to.
 *
 * @param records blocks that hold the last record that was acknowledged for them
 * @param untouched blocks that hold what was there before, as they should
 * @param lost acknowledged records that should be there and are not
 * @param damaged blocks that were never written to and hold something else
 */
public record DiskCheck(int records, int untouched, List<GuestRecord> lost, List<Integer> damaged) {

    /**
     * Compares all of an image.
     *
     * @param image a raw image
     * @param before what was on the disk before the guest wrote
     * @param acknowledged the guest's writes that returned, in order
     */
    public static DiskCheck of(Path image, SeededDisk before, List<GuestRecord> acknowledged) throws IOException {
        return of(image, before, acknowledged, List.of());
    }

    /**
     * As the other.
     *
     * @param unheard newer writes that may have reached the disk, though nobody heard of it
     */
    public static DiskCheck of(Path image, SeededDisk before, List<GuestRecord> acknowledged, List<GuestRecord> unheard)
            throws IOException {
        Map<Integer, GuestRecord> last = new HashMap<>();
        acknowledged.forEach(record -> last.put((int) (record.offset() / SeededDisk.BLOCK), record));
        List<GuestRecord> lost = new ArrayList<>();
        List<Integer> damaged = new ArrayList<>();
        try (FileChannel channel = FileChannel.open(image, StandardOpenOption.READ)) {
            for (int number = 0; number < before.blocks(); number++) {
                byte[] found = read(channel, (long) number * SeededDisk.BLOCK);
                GuestRecord record = last.get(number);
                if (unheard.stream().anyMatch(newer -> holds(found, newer))) {
                    continue;
                }
                if (record == null && !Arrays.equals(found, before.block(number))) {
                    damaged.add(number);
                } else if (record != null && !holds(found, record)) {
                    lost.add(record);
                }
            }
        }
        return new DiskCheck(last.size() - lost.size(), before.blocks() - last.size() - damaged.size(), lost, damaged);
    }

    /** What lies behind the end of the image reads as zeros. */
    private static byte[] read(FileChannel channel, long offset) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(SeededDisk.BLOCK);
        int count = 0;
        while (block.hasRemaining() && count >= 0) {
            count = channel.read(block, offset + block.position());
        }
        return block.array();
    }

    private static boolean holds(byte[] found, GuestRecord record) {
        OptionalLong number = GuestRecord.numberIn(found, record.offset());
        return number.isPresent() && number.getAsLong() == record.number();
    }

    public int blocks() {
        return records + untouched + lost.size() + damaged.size();
    }

    public boolean isWhole() {
        return lost.isEmpty() && damaged.isEmpty();
    }
}
