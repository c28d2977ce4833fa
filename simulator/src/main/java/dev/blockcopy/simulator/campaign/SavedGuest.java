package dev.blockcopy.simulator.campaign;

import dev.blockcopy.simulator.live.Deadline;
import dev.blockcopy.simulator.live.NotInTimeException;
import dev.blockcopy.simulator.live.Onlooker;
import dev.blockcopy.simulator.live.SeededDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A guest that was booted once and saved in the middle of its writing: all others begin there. Immutable. */
public final class SavedGuest {
    private static final Duration BOOT = Duration.ofMinutes(10);
    private static final long DISK_BYTES = 4 << 20;

    private final GuestKit kit;
    private final SeededDisk disk;
    private final Path state;
    private final QuickStart start;

    private SavedGuest(GuestKit kit, SeededDisk disk, Path state, QuickStart start) {
        this.kit = kit;
        this.disk = disk;
        this.state = state;
        this.start = start;
    }

    /**
     * Boots and saves it; its QEMU is gone after that.
     *
     * @param seed tells what its disk holds
     * @param dir where it is kept, for as long as guests begin with it
     */
    public static SavedGuest boot(GuestKit kit, long seed, Path dir)
            throws IOException, InterruptedException, NotInTimeException {
        SeededDisk disk = new SeededDisk(seed, DISK_BYTES);
        Path boot = Files.createDirectories(dir.resolve("boot"));
        Path state = dir.resolve("saved-guest");
        Path image = boot.resolve("disk.raw");
        Files.deleteIfExists(image);
        disk.writeTo(image);
        Deadline deadline = Deadline.in(BOOT);
        try (WritingQemu qemu = WritingQemu.booting(kit, boot, image)) {
            qemu.awaitWrites(2, deadline);
            try (Onlooker onlooker = qemu.onlooker(deadline)) {
                WritingQemu.save(onlooker, state, deadline);
            }
            QuickStart start = QuickStart.rehearsed(boot, qemu.monitor(), WritingQemu.DRIVE, deadline);
            return new SavedGuest(kit, disk, state, start);
        }
    }

    /** Has a guest go on from there, on a new disk; it waits for {@link WritingQemu#letGo}. */
    WritingQemu restored(Path dir) throws IOException {
        Path image = dir.resolve("disk.raw");
        disk.writeTo(image);
        return WritingQemu.restored(kit, dir, image, state);
    }

    /** What its disk held before it wrote. */
    SeededDisk disk() {
        return disk;
    }

    /** How engines that copy it are started. */
    QuickStart start() {
        return start;
    }
}
