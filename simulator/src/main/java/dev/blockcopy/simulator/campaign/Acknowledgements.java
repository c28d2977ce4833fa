package dev.blockcopy.simulator.campaign;

import dev.blockcopy.qemufake.server.GuestRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Which writes a guest was told to have reached its disk, in the order in which it was told: it counts on without a gap.
 * Immutable.
 *
 * @param first the first number that was surely written to this disk
 * @param count how many of them there are; 0 if none
 * @param blocks of its disk
 */
record Acknowledgements(long first, int count, int blocks) {
    /** As in the program of the guest. */
    private static final long STEP = 0x9E3779B1L;

    /**
     * What is in the file that the guest's second serial port leads to; nothing if QEMU has not made it yet.
     *
     * <p>The first line is left out: a guest that was saved in the middle of its work begins with the end of a line, or with
     * a write of before. So is a last line that was cut.
     */
    static Acknowledgements in(Path file, int blocks) throws IOException {
        String text = Files.exists(file) ? Files.readString(file) : "";
        String[] lines = text.substring(0, text.lastIndexOf('\n') + 1).split("\n");
        long first = lines.length < 2 ? 0 : Long.parseLong(lines[1]);
        for (int i = 1; i < lines.length; i++) {
            if (Long.parseLong(lines[i]) != first + i - 1) {
                throw new IOException("the guest's word is garbled in line " + (i + 1) + " of " + file);
            }
        }
        return new Acknowledgements(first, lines.length - 1, blocks);
    }

    private long last() {
        return first + count - 1;
    }

    /** What each place of the disk was written with last; a place that was not written to is missing. */
    List<GuestRecord> records() {
        List<GuestRecord> records = new ArrayList<>();
        for (long number = Math.max(first, last() - blocks + 1); number <= last(); number++) {
            records.add(record(number));
        }
        return records;
    }

    /** Writes that may be on the disk unheard: the next one, and the one before the first as long as none is over it. */
    List<GuestRecord> unheard() {
        return count < blocks ? List.of(record(first - 1), record(last() + 1)) : List.of(record(last() + 1));
    }

    private GuestRecord record(long number) {
        return new GuestRecord(number, Long.remainderUnsigned(number * STEP, blocks) * GuestRecord.LENGTH);
    }
}
