package dev.blockcopy.simulator.campaign;

import dev.blockcopy.simulator.live.Deadline;
import dev.blockcopy.simulator.live.NotInTimeException;
import dev.blockcopy.simulator.live.Onlooker;
import dev.blockcopy.simulator.live.SeededDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** A guest that was booted once and saved in the middle of its writing: all others begin there. Immutable. */
public final class SavedGuest {
    private static final Duration BOOT = Duration.ofMinutes(10);
    private static final long DISK_BYTES = 4 << 20;

    private final GuestKit kit;
    private final List<SeededDisk> disks;
    private final Path state;
    private final QuickStart start;

    private SavedGuest(GuestKit kit, List<SeededDisk> disks, Path state, QuickStart start) {
        this.kit = kit;
        this.disks = List.copyOf(disks);
        this.state = state;
        this.start = start;
    }

    /**
     * Boots and saves it; its QEMU is gone after that.
     *
     * @param seed tells what its disks hold
     * @param count of its disks
     * @param dir where it is kept, for as long as guests begin with it
     */
    public static SavedGuest boot(GuestKit kit, long seed, int count, Path dir)
            throws IOException, InterruptedException, NotInTimeException {
        List<SeededDisk> disks = LongStream.range(seed, seed + count)
                .mapToObj(each -> new SeededDisk(each, DISK_BYTES))
                .toList();
        Path boot = Files.createDirectories(dir.resolve("boot"));
        Path state = dir.resolve("saved-guest");
        Deadline deadline = Deadline.in(BOOT);
        try (WritingQemu qemu = WritingQemu.booting(kit, boot, written(disks, boot))) {
            qemu.awaitWrites(2, deadline);
            try (Onlooker onlooker = qemu.onlooker(deadline)) {
                WritingQemu.save(onlooker, state, deadline);
            }
            QuickStart start = QuickStart.rehearsed(boot, qemu.monitor(), WritingQemu.drive(0), deadline);
            return new SavedGuest(kit, disks, state, start);
        }
    }

    private static List<Path> written(List<SeededDisk> disks, Path dir) throws IOException {
        List<Path> images = new ArrayList<>();
        for (SeededDisk disk : disks) {
            Path image = dir.resolve("disk-" + images.size() + ".raw");
            Files.deleteIfExists(image);
            disk.writeTo(image);
            images.add(image);
        }
        return images;
    }

    /** Has a guest go on from there, on new disks; it waits for {@link WritingQemu#letGo}. */
    WritingQemu restored(Path dir) throws IOException {
        return WritingQemu.restored(kit, dir, written(disks, dir), state);
    }

    /** What its disks held before it wrote. */
    List<SeededDisk> disks() {
        return disks;
    }

    /** How engines that copy it are started. */
    QuickStart start() {
        return start;
    }
}
