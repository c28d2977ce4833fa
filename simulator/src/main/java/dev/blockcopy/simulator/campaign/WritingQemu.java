package dev.blockcopy.simulator.campaign;

import dev.blockcopy.engine.qmp.QmpException;
import dev.blockcopy.model.qmp.BlockInfo;
import dev.blockcopy.model.qmp.QmpCommand;
import dev.blockcopy.model.qmp.RunState;
import dev.blockcopy.model.qmp.StatusInfo;
import dev.blockcopy.simulator.live.Deadline;
import dev.blockcopy.simulator.live.NotInTimeException;
import dev.blockcopy.simulator.live.Onlooker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * A real QEMU, emulating all of a machine, with a guest that writes and says so. Two monitors: one for engines, one for
 * whoever looks on. Not for several threads.
 */
final class WritingQemu implements AutoCloseable {
    private static final long LOOK_AGAIN_NANOS = 5_000_000;
    static final String KERNEL_OPTIONS =
            "console=ttyS0 quiet nokaslr mitigations=off panic=-1 tsc=reliable no_timer_check pace_micros=200";

    private final Path dir;
    private final Process process;

    private WritingQemu(Path dir, Process process) {
        this.dir = dir;
        this.process = process;
    }

    /**
     * Has the guest boot.
     *
     * @param dir for monitors and logs, its own
     * @param disks raw images of 2^n blocks, to each of which it writes the same
     */
    static WritingQemu booting(GuestKit kit, Path dir, List<Path> disks) throws IOException {
        return start(kit, dir, disks, List.of());
    }

    /** Has the guest go on where it was saved; it waits for {@link #letGo}. */
    static WritingQemu restored(GuestKit kit, Path dir, List<Path> disks, Path saved) throws IOException {
        return start(kit, dir, disks, List.of("-incoming", "exec:cat '" + saved + "'"));
    }

    private static WritingQemu start(GuestKit kit, Path dir, List<Path> disks, List<String> further)
            throws IOException {
        List<String> words = new ArrayList<>(List.of("qemu-system-x86_64", "-nodefaults", "-display", "none"));
        words.addAll(List.of("-M", "pc", "-accel", "tcg", "-m", "128M", "-no-reboot"));
        words.addAll(List.of(
                "-kernel", kit.kernel().toString(), "-initrd", kit.initrd().toString()));
        words.addAll(List.of("-append", KERNEL_OPTIONS + " disks=" + disks.size()));
        for (int i = 0; i < disks.size(); i++) {
            words.addAll(List.of("-drive", "if=none,id=" + drive(i) + ",format=raw,file=" + disks.get(i)));
            words.addAll(List.of("-device", "virtio-blk-pci,id=vd" + i + ",drive=" + drive(i)));
        }
        for (String port : List.of("console", "acknowledged")) {
            Files.deleteIfExists(dir.resolve(port));
            words.addAll(List.of("-chardev", "file,id=" + port + ",path=" + dir.resolve(port)));
            words.addAll(List.of("-serial", "chardev:" + port));
        }
        for (String monitor : List.of("qemu.qmp", "onlooker.qmp")) {
            Files.deleteIfExists(dir.resolve(monitor));
            words.addAll(List.of("-qmp", "unix:" + dir.resolve(monitor) + ",server=on,wait=off"));
        }
        words.addAll(further);
        Process process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(dir.resolve("qemu.log").toFile())
                .start();
        return new WritingQemu(dir, process);
    }

    /** The name of a disk, the first being 0. */
    static String drive(int number) {
        return "drive" + number;
    }

    /** The monitor for engines. */
    Path monitor() {
        return dir.resolve("qemu.qmp");
    }

    /** Somebody on the second monitor, as soon as QEMU listens there. */
    Onlooker onlooker(Deadline deadline) throws IOException, NotInTimeException {
        Path socket = dir.resolve("onlooker.qmp");
        while (process.isAlive()) {
            try {
                return Onlooker.at(socket, deadline);
            } catch (IOException e) {
                boolean notYet = e.getCause() instanceof QmpException.NoSuchSocket
                        || e.getCause() instanceof QmpException.Refused;
                if (!notYet) {
                    throw e;
                }
            }
            deadline.millisLeft("the monitor " + socket);
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
        throw new IOException("QEMU has ended: " + Files.readString(dir.resolve("qemu.log")));
    }

    /** Lets a restored guest go on. */
    static void letGo(Onlooker onlooker, Deadline deadline) throws IOException, NotInTimeException {
        while (runState(onlooker) == RunState.INMIGRATE) {
            deadline.millisLeft("the saved guest");
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
        onlooker.ask(new QmpCommand.Cont());
    }

    static RunState runState(Onlooker onlooker) throws IOException, NotInTimeException {
        return StatusInfo.from(onlooker.ask(new QmpCommand.QueryStatus())).status();
    }

    /** The file that the guest writes to where it writes to this disk, as QEMU shows it. */
    static Path imageInUse(Onlooker onlooker, int disk) throws IOException, NotInTimeException {
        return BlockInfo.listFrom(onlooker.ask(new QmpCommand.QueryBlock())).stream()
                .filter(row -> row.device().equals(drive(disk)) && row.inserted() != null)
                .map(row -> Path.of(row.inserted().file()))
                .findFirst()
                .orElseThrow(() -> new IOException("the disk is empty"));
    }

    /** Saves the guest, which is paused by that. */
    static void save(Onlooker onlooker, Path file, Deadline deadline) throws IOException, NotInTimeException {
        onlooker.ask(new QmpCommand.Stop());
        onlooker.ask(new QmpCommand.Raw("migrate", Map.of("uri", "exec:cat > '" + file + "'")));
        while (true) {
            Object status = ((Map<?, ?>) onlooker.ask(new QmpCommand.Raw("query-migrate", Map.of()))).get("status");
            if ("completed".equals(status)) {
                return;
            }
            if ("failed".equals(status)) {
                throw new IOException("the guest can't be saved to " + file);
            }
            deadline.millisLeft("saving the guest");
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
    }

    Acknowledgements acknowledged(int blocks) throws IOException {
        return Acknowledgements.in(dir.resolve("acknowledged"), blocks);
    }

    /** Waits until so many more writes were acknowledged. */
    void awaitWrites(int more, Deadline deadline) throws IOException, NotInTimeException {
        Path told = dir.resolve("acknowledged");
        long end = Files.exists(told) ? Files.size(told) : 0;
        int lines = 0;
        while (lines < more) {
            deadline.millisLeft(more + " writes of the guest");
            if (!process.isAlive()) {
                throw new IOException("QEMU has ended: " + Files.readString(dir.resolve("qemu.log")));
            }
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
            lines = linesAfter(told, end);
        }
    }

    /** A guest that has written for long has told much: only the end of it is read. */
    private static int linesAfter(Path file, long start) throws IOException {
        if (!Files.exists(file)) {
            return 0;
        }
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            ByteBuffer news = ByteBuffer.allocate((int) (channel.size() - start));
            channel.position(start).read(news);
            int lines = 0;
            for (int i = 0; i < news.position(); i++) {
                lines += news.get(i) == '\n' ? 1 : 0;
            }
            return lines;
        }
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
