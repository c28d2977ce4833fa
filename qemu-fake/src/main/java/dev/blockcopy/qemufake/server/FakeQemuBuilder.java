package dev.blockcopy.qemufake.server;

import dev.blockcopy.model.qmp.BlockdevOnError;
import dev.blockcopy.qemufake.Dialect;
import dev.blockcopy.qemufake.Driver;
import dev.blockcopy.qemufake.FaultReader;
import dev.blockcopy.qemufake.FaultRule;
import dev.blockcopy.qemufake.Host;
import dev.blockcopy.qemufake.MemoryFiles;
import dev.blockcopy.qemufake.MemoryHost;
import dev.blockcopy.qemufake.QemuState;
import dev.blockcopy.qemufake.Setup;
import dev.blockcopy.qemufake.journal.Journal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What a fake QEMU is started with. Disks are real files or live in memory, not both in one fake. */
public final class FakeQemuBuilder {
    private final List<Consumer<Setup>> disks = new ArrayList<>();
    private final List<FaultRule> faults = new ArrayList<>();
    private MemoryHost memory = new MemoryHost();
    private Consumer<Journal.Entry> journalSink = entry -> {};
    private boolean isInMemory;
    private boolean isShared;
    private boolean isOnFiles;
    private boolean isRunning = true;
    private String guestDisk;
    private int guestRate;
    private long seed;
    private boolean isSeeded;
    private Sockets sockets = Sockets.WITH_DESCRIPTORS;
    private Clock clock = Clock.real();
    private Dialect dialect = Dialect.QEMU_7_2;

    FakeQemuBuilder() {}

    /** Disks, and what clients open, are among these files in memory, by their paths; they outlive the fake. */
    public FakeQemuBuilder files(MemoryFiles files) {
        memory = new MemoryHost(files);
        isInMemory = true;
        isShared = true;
        return this;
    }

    /** A disk on a raw file, as {@code -drive if=none,id=ID,file=FILE,format=raw}. */
    public FakeQemuBuilder drive(String id, Path file) {
        return drive(id, null, file.toString(), Driver.RAW, false);
    }

    /** The same with every option; {@code nodeName} may be null. */
    public FakeQemuBuilder drive(String id, String nodeName, String file, Driver format, boolean isReadOnly) {
        isOnFiles = true;
        writeTo(id);
        disks.add(setup -> setup.drive(id, nodeName, file, format, isReadOnly));
        return this;
    }

    /** As {@code -drive if=none,driver=}: options like those of {@code blockdev-add}. */
    public FakeQemuBuilder drive(String id, Map<String, Object> options) {
        isOnFiles = true;
        writeTo(id);
        disks.add(setup -> setup.drive(id, options));
        return this;
    }

    /** As {@code -object throttle-group}: limits by their names, {@code x-bps-write} and so on. */
    public FakeQemuBuilder throttleGroup(String id, Map<String, Long> limits) {
        disks.add(0, setup -> setup.throttleGroup(id, limits));
        return this;
    }

    /** A disk of zeros in memory, on an image with the name of the drive. */
    public FakeQemuBuilder drive(String id, long size) {
        image(id, size);
        writeTo(id);
        disks.add(setup -> setup.drive(id, null, id, Driver.RAW, false));
        return this;
    }

    /** Another image in memory, for {@code blockdev-add} to open by its name. */
    public FakeQemuBuilder image(String name, long size) {
        isInMemory = true;
        memory.create(name, size);
        return this;
    }

    /** As {@code -blockdev}, its options as plain values. */
    public FakeQemuBuilder blockdev(Map<String, Object> options) {
        isOnFiles = true;
        disks.add(setup -> setup.blockdev(options));
        return this;
    }

    /** As {@code -device virtio-blk-pci,drive=DRIVE,id=ID}: the guest's device on a drive or on a node. */
    public FakeQemuBuilder device(String driveOrNode, String id) {
        if (guestDisk == null) {
            guestDisk = "/machine/peripheral/" + id + "/virtio-backend";
        }
        disks.add(setup -> setup.device(driveOrNode, id));
        return this;
    }

    private void writeTo(String disk) {
        guestDisk = guestDisk == null ? disk : guestDisk;
    }

    /** As {@code werror} of a {@code -drive}: what is done when a write of the guest fails; else it stops for ENOSPC. */
    public FakeQemuBuilder onWriteError(String id, BlockdevOnError policy) {
        disks.add(setup -> setup.onWriteError(id, policy));
        return this;
    }

    /** A guest writes numbered records to the first disk, so many a second. */
    public FakeQemuBuilder guest(int writesPerSecond) {
        guestRate = writesPerSecond;
        return this;
    }

    /**
     * Something is to go wrong: a rule, a preset or a file, as on the command line; see {@link FaultReader}.
     *
     * @throws IllegalArgumentException if it can't be read
     */
    public FakeQemuBuilder fault(String text) {
        faults.addAll(FaultOption.rules(text));
        return this;
    }

    /** Something is to go wrong. */
    public FakeQemuBuilder fault(FaultRule rule) {
        faults.add(rule);
        return this;
    }

    /** Among all that may happen next, any is picked, the same for the same seed; without it the most urgent. */
    public FakeQemuBuilder seed(long chosen) {
        seed = chosen;
        isSeeded = true;
        return this;
    }

    /** Which QEMU it is; without it 7.2. */
    public FakeQemuBuilder dialect(Dialect chosen) {
        dialect = chosen;
        return this;
    }

    /** Open files that clients send along are lost: no native library is loaded for them. */
    public FakeQemuBuilder withoutDescriptors() {
        sockets = Sockets.PLAIN;
        return this;
    }

    /** What moves its time on. */
    FakeQemuBuilder clock(Clock chosen) {
        clock = chosen;
        return this;
    }

    /** As {@code -S}: the guest does not run before {@code cont}. */
    public FakeQemuBuilder stopped() {
        isRunning = false;
        return this;
    }

    /** Entries of the journal go here too, as they come, on the fake's thread. */
    public FakeQemuBuilder journalTo(Consumer<Journal.Entry> sink) {
        journalSink = sink;
        return this;
    }

    /**
     * Starts to serve on one socket for each monitor.
     *
     * @throws IllegalArgumentException if a disk can't be had, in QEMU's words
     */
    public FakeQemu start(Path... monitors) {
        Journal journal = new Journal(journalSink);
        Machine machine = machine(journal, monitors.length);
        Guest guest = guest(machine);
        try {
            List<Path> paths = List.of(monitors);
            return new FakeQemu(FakeQemuServer.start(machine, guest, clock, sockets, paths), journal, guest, paths);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A fake with one monitor and no sockets, driven by its caller alone. */
    public InProcessQemu inProcess() {
        Journal journal = new Journal(journalSink);
        Machine machine = machine(journal, 1);
        return new InProcessQemu(machine, journal, guest(machine), memory);
    }

    private Machine machine(Journal journal, int monitors) {
        if (isInMemory && isOnFiles && !isShared) {
            throw new IllegalArgumentException("disks are on files or in memory, not both");
        }
        Host host = isInMemory ? memory : new FileHost();
        Setup setup =
                new Setup(QemuState.start(seed, monitors, isRunning, faults).as(dialect), host);
        disks.forEach(disk -> disk.accept(setup));
        Mover mover = isSeeded ? Mover.seeded(seed) : Mover.eager();
        return new Machine(setup.state(), monitors, host, mover, journal);
    }

    private Guest guest(Machine machine) {
        return guestRate == 0
                ? Guest.IDLE
                : new Guest(guestDisk, machine.state().sizeOf(guestDisk), guestRate);
    }
}
