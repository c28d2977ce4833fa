package dev.blockcopy.simulator.campaign;

import dev.blockcopy.simulator.live.Deadline;
import dev.blockcopy.simulator.live.DiskCheck;
import dev.blockcopy.simulator.live.NotInTimeException;
import dev.blockcopy.simulator.live.Onlooker;
import dev.blockcopy.simulator.live.SeededDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Where one guest is copied, again and again: its folder, its QEMU as long as that lives, and its disks. */
final class Stand implements AutoCloseable {
    private final SavedGuest guest;
    private final Path dir;
    private WritingQemu qemu;

    /**
     * Nothing is started yet.
     *
     * @param dir a folder of its own, there and empty
     */
    Stand(SavedGuest guest, Path dir) {
        this.guest = guest;
        this.dir = dir;
    }

    /** The guest writes: the one of the last trial if its QEMU lives, else a new one on new disks. */
    WritingQemu writing(Deadline deadline) throws IOException, NotInTimeException {
        if (qemu == null) {
            clear();
            qemu = guest.restored(dir);
            try (Onlooker onlooker = qemu.onlooker(deadline)) {
                WritingQemu.letGo(onlooker, deadline);
            }
            qemu.awaitWrites(2, deadline);
        }
        return qemu;
    }

    private void clear() throws IOException {
        for (Path old : files()) {
            Files.delete(old);
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(dir)) {
            return all.filter(path -> !path.equals(dir))
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
    }

    Path file(String name) {
        return dir.resolve(name);
    }

    /** Compares an image of a disk with what the guest was told; nobody may write to it meanwhile. */
    DiskCheck check(Path image, int disk) throws IOException {
        SeededDisk before = guest.disks().get(disk);
        Acknowledgements told = qemu.acknowledged(before.blocks());
        return DiskCheck.of(image, before, told.records(), told.unheard());
    }

    /** The next trial gets a new QEMU on new disks. */
    void abandonQemu() {
        if (qemu != null) {
            qemu.close();
            qemu = null;
        }
    }

    /** Keeps all that a trial left, under a name of its own. */
    Path keep(String name) throws IOException {
        abandonQemu();
        Path kept = dir.resolveSibling(name);
        Files.move(dir, kept);
        Files.createDirectory(dir);
        return kept;
    }

    @Override
    public void close() {
        abandonQemu();
    }
}
