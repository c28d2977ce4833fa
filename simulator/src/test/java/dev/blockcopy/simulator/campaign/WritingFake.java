package dev.blockcopy.simulator.campaign;

import dev.blockcopy.qemufake.Dialect;
import dev.blockcopy.qemufake.server.FakeQemu;
import dev.blockcopy.qemufake.server.GuestRecord;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A fake QEMU with a guest that writes, as a process: it can be killed as processes are, and leaves what it told the guest. */
public final class WritingFake {
    static final String DRIVE = "drive0";
    private static final int WRITES_PER_SECOND = 200;
    private static final Duration LONG = Duration.ofHours(1);

    private WritingFake() {}

    /** Dialect, image, monitor, and the file for what the guest was told, a line for each write that returned. */
    public static void main(String[] words) throws Exception {
        try (OutputStream told = Files.newOutputStream(Path.of(words[3]))) {
            FakeQemu qemu = FakeQemu.builder()
                    .dialect(Dialect.named(words[0]))
                    .drive(DRIVE, Path.of(words[1]))
                    .guest(WRITES_PER_SECOND)
                    .start(Path.of(words[2]));
            int count = 0;
            while (qemu.guest().awaitAcknowledged(count + 1, LONG)) {
                List<GuestRecord> all = qemu.guest().acknowledged();
                for (GuestRecord record : all.subList(count, all.size())) {
                    told.write((record.number() + " " + record.offset() + "\n").getBytes(StandardCharsets.US_ASCII));
                }
                count = all.size();
            }
        }
    }

    /** The writes of which the guest was told and whose place in an image holds neither them nor a later one. */
    static List<GuestRecord> lackingIn(Path image, Path told) throws Exception {
        Map<Long, GuestRecord> last = new TreeMap<>();
        told(told).forEach(record -> last.put(record.offset(), record));
        List<GuestRecord> lacking = new ArrayList<>();
        try (FileChannel channel = FileChannel.open(image)) {
            for (GuestRecord record : last.values()) {
                ByteBuffer bytes = ByteBuffer.allocate(GuestRecord.LENGTH);
                channel.read(bytes, record.offset());
                if (GuestRecord.numberIn(bytes.array(), record.offset()).orElse(-1) < record.number()) {
                    lacking.add(record);
                }
            }
        }
        return lacking;
    }

    /** What the guest was told so far. */
    static List<GuestRecord> told(Path file) throws Exception {
        return Files.readAllLines(file).stream()
                .map(line -> line.split(" "))
                .filter(parts -> parts.length == 2)
                .map(parts -> new GuestRecord(Long.parseLong(parts[0]), Long.parseLong(parts[1])))
                .toList();
    }
}
