package dev.blockcopy.engine;

import static dev.blockcopy.engine.CopyRefusedException.Kind.DEMAND;
import static dev.blockcopy.engine.CopyRefusedException.Kind.ENVIRONMENT;
import static dev.blockcopy.engine.CopyRefusedException.Kind.INPUT;

import dev.blockcopy.engine.image.DestinationCheck;
import dev.blockcopy.engine.image.DestinationRequest;
import dev.blockcopy.engine.image.DestinationVerdict;
import dev.blockcopy.engine.image.FileCalls;
import dev.blockcopy.engine.image.FileIdentity;
import dev.blockcopy.engine.image.ImageFormat;
import dev.blockcopy.engine.image.Refusal;
import dev.blockcopy.model.Valuation;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.Facts.Destination;
import dev.blockcopy.model.qmp.BlockDeviceInfo;
import dev.blockcopy.model.qmp.BlockInfo;
import dev.blockcopy.model.qmp.JobInfo;
import dev.blockcopy.model.qmp.QmpCommand;
import dev.blockcopy.model.qmp.StatusInfo;
import dev.blockcopy.model.qmp.XDbgBlockGraph;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * May this copy be started now? Everything that can be checked is checked here, by queries and by looking at files, so
 * that a refusal leaves nothing behind.
 */
final class Admission {
    private static final Pattern JOB_ID = Pattern.compile("[A-Za-z][A-Za-z0-9._-]{0,127}");
    private static final long GRANULARITY_BYTES_MIN = 512;
    private static final long GRANULARITY_BYTES_MAX = 64L << 20;

    private final Monitor monitor;
    private final FileCalls files;
    private final DestinationCheck destinations;
    private final JobStore store;
    private final List<Path> offLimits;

    Admission(Monitor monitor, FileCalls files, JobStore store, List<Path> offLimits) {
        this.monitor = monitor;
        this.files = files;
        this.destinations = new DestinationCheck(files);
        this.store = store;
        this.offLimits = List.copyOf(offLimits);
    }

    /** The job that may be begun. */
    CopyJob admit(CopyRequest request, String nonce) throws CopyRefusedException, InterruptedException {
        Dialect dialect = dialect(request);
        guestIsHere();
        DiskView disk = disk(request, dialect);
        String id = request.jobId().orElseGet(() -> "copy-" + plain(disk.name()) + "-" + nonce);
        idIsFree(id, dialect);
        diskIsFree(disk, request);
        shallowIsPossible(disk, request);
        DestinationVerdict verdict = destinationIsSound(disk, request);
        CopySpec spec = spec(request, id, nonce, disk, verdict, dialect);
        return new CopyJob(spec, facts(request, verdict, dialect), Findings.NONE);
    }

    private void guestIsHere() throws CopyRefusedException, InterruptedException {
        Optional<String> away = AwayGuest.words(StatusInfo.from(monitor.ask(new QmpCommand.QueryStatus())));
        if (away.isPresent()) {
            throw new CopyRefusedException(INPUT, away.get() + "; copy it in the QEMU in which it runs");
        }
    }

    /** Refused up front, with nothing but queries sent, where this QEMU can't copy, or not as safely as demanded. */
    private Dialect dialect(CopyRequest request) throws CopyRefusedException, InterruptedException {
        Prober prober = new Prober(monitor);
        Dialect dialect = prober.dialect()
                .orElseThrow(() -> new CopyRefusedException(
                        DEMAND,
                        "this QEMU is too old: it lacks " + String.join(", ", prober.missing())
                                + "; blockcopy needs the job API of QEMU 3.1 or later, or drive-mirror with a way to"
                                + " pivot"));
        if (request.atomic() && !dialect.isAtomic()) {
            throw new CopyRefusedException(
                    DEMAND,
                    "this QEMU pivots by " + dialect.name("drive-reopen")
                            + " alone, which can leave the guest without a disk; leave out --atomic to take that risk");
        }
        if (request.pendingFirst() && !request.pause()) {
            throw new CopyRefusedException(
                    INPUT, "--pending-first pauses the guest, --no-pause does not: leave one out");
        }
        if (request.pendingFirst() && !dialect.isJobApi()) {
            throw new CopyRefusedException(
                    DEMAND, "this QEMU has no jobs that are finalized by hand; leave out --pending-first");
        }
        return dialect;
    }

    /** Refuses what no QEMU takes, before one is asked. */
    static void numbersAreSound(CopyRequest request) throws CopyRefusedException {
        OptionalLong granularity = request.granularity();
        if (granularity.isPresent()
                && granularity.getAsLong() != 0
                && (granularity.getAsLong() < GRANULARITY_BYTES_MIN
                        || granularity.getAsLong() > GRANULARITY_BYTES_MAX
                        || Long.bitCount(granularity.getAsLong()) != 1)) {
            throw new CopyRefusedException(
                    INPUT,
                    "granularity " + granularity.getAsLong()
                            + " is out of range; give a power of two from 512 to 64MiB, or 0 for QEMU's choice");
        }
        if (request.speed().orElse(0) < 0 || request.bufSize().orElse(0) < 0) {
            throw new CopyRefusedException(INPUT, "bandwidth and buf-size can't be below 0; 0 means QEMU's choice");
        }
    }

    private DiskView disk(CopyRequest request, Dialect dialect) throws CopyRefusedException, InterruptedException {
        List<BlockInfo> rows = BlockInfo.listFrom(monitor.ask(new QmpCommand.QueryBlock()));
        String name = request.disk();
        BlockInfo row = Disk.find(rows, name)
                .orElseThrow(() -> new CopyRefusedException(
                        INPUT,
                        "no disk '" + name + "' in this QEMU; it has "
                                + (Disk.namesOf(rows).isEmpty() ? "none" : String.join(", ", Disk.namesOf(rows)))));
        if (row.inserted() == null) {
            throw new CopyRefusedException(
                    INPUT, "disk '" + name + "' has no medium; insert one, or name another disk");
        }
        if (!dialect.isJobApi()) {
            OldDisk.canDo(request, row, dialect);
            return OldDisk.view(row, files, monitor.ask(new QmpCommand.QueryBlockJobs()));
        }
        return new Disk(
                        row,
                        BlockDeviceInfo.listFrom(monitor.ask(new QmpCommand.QueryNamedBlockNodes(true))),
                        XDbgBlockGraph.from(monitor.ask(new QmpCommand.XDebugQueryBlockGraph())))
                .view();
    }

    private void idIsFree(String id, Dialect dialect) throws CopyRefusedException, InterruptedException {
        if (!JOB_ID.matcher(id).matches()) {
            throw new CopyRefusedException(
                    INPUT, "job id '" + id + "' is not one: begin with a letter, go on with letters, digits, - . _");
        }
        boolean inQemu = dialect.isJobApi()
                && JobInfo.listFrom(monitor.ask(new QmpCommand.QueryJobs())).stream()
                        .anyMatch(job -> job.id().equals(id));
        if (inQemu || store.find(id).isPresent()) {
            throw new CopyRefusedException(
                    INPUT,
                    "job id '" + id + "' is taken " + (inQemu ? "in this QEMU" : "in this store") + "; choose another");
        }
    }

    private void diskIsFree(DiskView disk, CopyRequest request) throws CopyRefusedException {
        boolean ours = store.unfinished(request.monitor()).stream()
                .anyMatch(job -> job.spec().backend().equals(disk.backend()));
        if (ours || disk.isBusy()) {
            throw new CopyRefusedException(
                    INPUT,
                    "disk '" + request.disk() + "' is busy with another job; "
                            + (ours ? "see 'blockcopy jobs', and end that first" : "wait for its end, or cancel it"));
        }
    }

    private static void shallowIsPossible(DiskView disk, CopyRequest request) throws CopyRefusedException {
        if (request.shallow() && disk.hasBacking() && request.format() == ImageFormat.RAW) {
            throw new CopyRefusedException(
                    INPUT, "a raw image can't have a backing file; use --format qcow2, or leave out --shallow");
        }
    }

    private DestinationVerdict destinationIsSound(DiskView disk, CopyRequest request) throws CopyRefusedException {
        CopySpec.Source source = disk.source();
        DestinationVerdict verdict = destinations.check(new DestinationRequest(
                request.destination().toString(),
                request.format(),
                source.virtualSizeBytes(),
                request.reuseExternal(),
                source.chain().stream().map(Path::toString).toList(),
                offLimits));
        if (verdict instanceof Refusal refusal) {
            throw new CopyRefusedException(
                    refusal.kind() == Refusal.Kind.INPUT ? INPUT : ENVIRONMENT, refusal.message());
        }
        return verdict;
    }

    private static CopySpec spec(
            CopyRequest request, String id, String nonce, DiskView disk, DestinationVerdict verdict, Dialect dialect) {
        boolean overlay = request.shallow() && disk.hasBacking();
        return new CopySpec(
                id,
                nonce,
                request.monitor(),
                request.disk(),
                disk.backend(),
                disk.source(),
                new CopySpec.Destination(
                        pathOf(verdict),
                        request.format(),
                        isBlockDevice(verdict),
                        overlay ? disk.backingFile() : "",
                        overlay ? disk.backingFormat() : ""),
                new CopySpec.Options(
                        request.shallow(),
                        request.synchronousWrites(),
                        request.speed().orElse(-1),
                        request.granularity().orElse(-1),
                        request.bufSize().orElse(-1),
                        request.maxPause().toMillis()),
                dialect);
    }

    private static Path pathOf(DestinationVerdict verdict) {
        if (verdict instanceof DestinationVerdict.Existing existing) {
            return existing.path();
        }
        return verdict instanceof DestinationVerdict.ToMake toMake
                ? toMake.path()
                : ((DestinationVerdict.Unseen) verdict).path();
    }

    private static boolean isBlockDevice(DestinationVerdict verdict) {
        return verdict instanceof DestinationVerdict.Existing existing
                && existing.identity().kind() == FileIdentity.Kind.BLOCK_DEVICE;
    }

    private static Valuation facts(CopyRequest request, DestinationVerdict verdict, Dialect dialect) {
        Destination destination = Destination.EXISTING;
        if (verdict instanceof DestinationVerdict.ToMake) {
            destination = request.format() == ImageFormat.RAW ? Destination.NEW_RAW : Destination.NEW_QCOW2;
        }
        return Facts.LAYOUT
                .initial()
                .with(Facts.WISH, request.wish())
                .with(Facts.DESTINATION, destination)
                .with(Facts.SWITCH, request.pendingFirst() ? Facts.Switch.FINALIZE : dialect.switching())
                .with(Facts.PAUSE, request.pause());
    }

    /** What QEMU allows in a job id, made of what people call the disk. */
    private static String plain(String name) {
        return name.replaceAll("[^A-Za-z0-9._-]+", "-").replaceFirst("^-+", "");
    }
}
