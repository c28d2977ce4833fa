package dev.blockcopy.simulator.played;

import dev.blockcopy.engine.CopyJob;
import dev.blockcopy.engine.CopySpec;
import dev.blockcopy.engine.Dialect;
import dev.blockcopy.engine.Findings;
import dev.blockcopy.engine.JobStore;
import dev.blockcopy.engine.image.ImageFormat;
import dev.blockcopy.engine.statemachine.StatemachineExecutor;
import dev.blockcopy.engine.store.SqliteJobStore;
import dev.blockcopy.model.lifecycle.CopyEffect;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.simulator.live.SeededDisk;
import dev.blockcopy.simulator.world.Deed;
import dev.blockcopy.simulator.world.Fault;
import dev.blockcopy.simulator.world.Inquiry;
import dev.blockcopy.simulator.world.Script;
import dev.blockcopy.simulator.world.Standing;
import dev.blockcopy.simulator.world.Variant;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Plays a script: the engine's own lane with Spring Statemachine and a store in a file, and the fake QEMU with a disk in a
 * file, talking QMP; every step of the script is made to happen, and nothing else.
 */
public final class Player {
    private static final int DISK_BYTES = 256 << 10;
    private static final String NONCE = "0123456789ab";
    private static final String ID = "copy-played";
    /** Writes before the copy begins: a destination lacks them until it is copied. */
    private static final int WRITES_BEFORE = 3;

    private final Script script;
    private final Path dir;
    private final List<String> lines = new ArrayList<>();

    /**
     * Plays nothing yet.
     *
     * @param dir a folder for images and the store, there and empty
     */
    public Player(Script script, Path dir) {
        this.script = script;
        this.dir = dir;
    }

    /** Why a script can't be played, if it can't: what the engine or the fake is never asked to be. */
    public static Optional<String> unplayable(Script script) {
        Inquiry inquiry = script.inquiry();
        Variant variant = inquiry.variant();
        if (variant.evidence().contains(Variant.Evidence.WITNESS)) {
            return Optional.of("a witness is handed over beside the bytes of QMP, and here are only bytes");
        }
        if (variant.evidence().contains(Variant.Evidence.COMPARISON)) {
            return Optional.of("images are compared by whoever asks for the disk, not by a job");
        }
        if (inquiry.faults().getOrDefault(Fault.ANOTHER, 0) > 0) {
            return Optional.of("here is one QEMU, and no other takes its monitor");
        }
        if (script.job().get(Facts.DESTINATION) != Facts.Destination.EXISTING) {
            return Optional.of("the destination is a new qcow2 image, and here are raw ones");
        }
        if (variant.switching() == Variant.Switching.REOPEN
                && script.deeds().stream().anyMatch(deed -> deed.effect() == CopyEffect.CANCEL_BY_FORCE)) {
            return Optional.of("QEMU of 2012 can't be told to cancel by force, though it can in the world");
        }
        if (script.deeds().stream()
                .anyMatch(deed -> deed.kind() == Deed.Kind.HEARS && deed.from().isTerminal())) {
            return Optional.of("a job that has ended is in no lane, and the engine asks no table what it might hear");
        }
        return script.deeds().stream()
                .filter(deed -> deed.kind() == Deed.Kind.OTHER)
                .findFirst()
                .map(deed -> "nobody can make happen here: " + deed.text());
    }

    /**
     * Plays it to its end.
     *
     * @throws DivergedException if the engine or the fake does otherwise
     */
    public Played play() throws IOException, DivergedException {
        new SeededDisk(1, DISK_BYTES).writeTo(source());
        new SeededDisk(2, DISK_BYTES).writeTo(destination());
        try (JobStore store = SqliteJobStore.open(dir.resolve("jobs.db"))) {
            PlayedQemu qemu = new PlayedQemu(fake(), source(), ID, line -> lines.add("        " + line));
            try {
                return play(store, qemu);
            } finally {
                qemu.end();
            }
        }
    }

    private Played play(JobStore store, PlayedQemu qemu) throws IOException, DivergedException {
        boolean isLate = script.inquiry().variant().journal() != Variant.Journal.BEFORE;
        for (int i = 0; i < WRITES_BEFORE; i++) {
            qemu.guestWrites();
        }
        if (!script.beginning().isGuestRunning()) {
            qemu.pause();
        }
        CopyJob job = new CopyJob(spec(), script.job(), Findings.NONE);
        Performance performance = new Performance(
                script,
                job,
                new LateStore(store, isLate),
                store,
                new StatemachineExecutor(script.table()),
                qemu,
                lines::add);
        performance.run();
        Standing said = script.deeds().get(script.deeds().size() - 1).after();
        int sourceLacks = qemu.lackingIn(source());
        int destinationLacks = qemu.lackingIn(destination());
        Standing seen = new Standing(
                performance.facts().get(Facts.STATE),
                performance.facts().get(Facts.JOURNAL),
                performance.facts().get(Facts.OUTCOME),
                performance.facts().get(Facts.COPY),
                qemu.isAlive(),
                qemu.status(),
                qemu.guestOn(source()),
                qemu.isGuestRunning(),
                sourceLacks > 0,
                destinationLacks > 0);
        return new Played(
                said,
                seen,
                qemu.acknowledged(),
                sourceLacks,
                destinationLacks,
                qemu.isPivotEarly(),
                qemu.areOthersLetGo(),
                lines);
    }

    private Path source() {
        return dir.resolve("source.raw");
    }

    private Path destination() {
        return dir.resolve("destination.raw");
    }

    private dev.blockcopy.qemufake.Dialect fake() {
        return switch (dialect()) {
            case JOB_API -> dev.blockcopy.qemufake.Dialect.QEMU_7_2;
            case DRIVE_MIRROR -> dev.blockcopy.qemufake.Dialect.QEMU_1_3;
            case TRANSACTION_REOPEN -> dev.blockcopy.qemufake.Dialect.ATOMIC;
            case DRIVE_REOPEN -> dev.blockcopy.qemufake.Dialect.PROPOSAL_2012;
            case RED_HAT -> dev.blockcopy.qemufake.Dialect.RHEL6;
        };
    }

    /** Whose jobs are kept until they are dismissed, or whose command it is. */
    private Dialect dialect() {
        Variant variant = script.inquiry().variant();
        return switch (variant.switching()) {
            case COMPLETE ->
                variant.evidence().contains(Variant.Evidence.CONCLUDED) ? Dialect.JOB_API : Dialect.DRIVE_MIRROR;
            case REOPEN -> Dialect.DRIVE_REOPEN;
            case TRANSACTION_REOPEN -> Dialect.TRANSACTION_REOPEN;
        };
    }

    private CopySpec spec() {
        boolean isTwice = script.inquiry().variant().copy() == Variant.CopyMode.WRITE_BLOCKING;
        return new CopySpec(
                ID,
                NONCE,
                dir.resolve("qmp"),
                PlayedQemu.DRIVE,
                new CopySpec.Backend(PlayedQemu.DRIVE, ""),
                new CopySpec.Source(PlayedQemu.NODE, source().toString(), "raw", DISK_BYTES, List.of(source()), ""),
                new CopySpec.Destination(destination(), ImageFormat.RAW, false, "", ""),
                new CopySpec.Options(false, isTwice, -1, -1, -1, 10_000),
                dialect());
    }
}
