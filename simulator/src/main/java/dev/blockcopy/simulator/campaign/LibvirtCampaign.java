package dev.blockcopy.simulator.campaign;

import dev.blockcopy.model.qmp.BlockInfo;
import dev.blockcopy.model.qmp.JobInfo;
import dev.blockcopy.model.qmp.QmpCommand;
import dev.blockcopy.simulator.live.Deadline;
import dev.blockcopy.simulator.live.DiskCheck;
import dev.blockcopy.simulator.live.NotInTimeException;
import dev.blockcopy.simulator.live.Onlooker;
import dev.blockcopy.simulator.live.SeededDisk;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What becomes of libvirt in the same place: libvirtd is killed in the middle of a pivot, under the same guest, started
 * again, and asked which image is the disk. Not for several threads.
 */
public final class LibvirtCampaign {
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final long DISK_BYTES = 4 << 20;
    private static final int WRITES_BEFORE = 50;
    private static final int MILLIS_MIN = 15;
    private static final int MILLIS_MAX = 70;
    /** For it to hear of everything again, and to write it down. */
    private static final long SETTLED_NANOS = TimeUnit.SECONDS.toNanos(3);

    private static final long LOOK_AGAIN_NANOS = 5_000_000;

    private final GuestKit kit;
    private final Path dir;
    private final long seed;
    private final PrintWriter out;
    private final Libvirt libvirt;
    private final SeededDisk disk;
    private final Tally tally = new Tally();
    private Deadline deadline;
    private boolean isBooted;

    /**
     * Nothing is started yet.
     *
     * @param dir a folder of its own, there and empty
     */
    public LibvirtCampaign(GuestKit kit, Path dir, long seed, PrintWriter out) {
        this.kit = kit;
        this.dir = dir;
        this.seed = seed;
        this.out = out;
        this.libvirt = new Libvirt(dir);
        this.disk = new SeededDisk(seed, DISK_BYTES);
    }

    /**
     * Goes through the trials and tells of each that was not right, and of the sum.
     *
     * @return true if all were right
     * @throws IOException also where there is no libvirt: then nothing was done
     */
    public boolean run(int first, int trials) throws IOException, InterruptedException, NotInTimeException {
        Libvirt.isInstalled();
        deadline = Deadline.in(LIMIT);
        try (libvirt) {
            libvirt.start(deadline);
            for (int number = first; number < first + trials; number++) {
                deadline = Deadline.in(LIMIT);
                Outcome outcome = trial(number);
                tally.add(outcome);
                if (!outcome.isRight()) {
                    out.printf("trial %d: %s, %s%n", number, outcome.verdict().text(), outcome.text());
                    out.flush();
                    isBooted = false;
                }
            }
        }
        out.println(tally.text(seed));
        return tally.allRight();
    }

    /** Puts the sum on a page. */
    public void record(ResultsPage page) throws IOException {
        page.put("campaign " + Victim.LIBVIRT + " --seed " + seed, tally);
    }

    private Outcome trial(int number) throws IOException, InterruptedException, NotInTimeException {
        Path destination = dir.resolve("disk-" + number + ".raw");
        boot();
        if (!isCopied(destination)) {
            // What the trial before has left keeps a new copy away, though all was right with the disk.
            isBooted = false;
            boot();
            if (!isCopied(destination)) {
                throw new IOException("virsh refuses to copy the disk of a new guest");
            }
        }
        try (Onlooker onlooker = Onlooker.at(dir.resolve("onlooker.qmp"), deadline)) {
            awaitReady(onlooker);
            awaitWrites(WRITES_BEFORE);
            long millis = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + number).nextLong(MILLIS_MIN, MILLIS_MAX);
            Process pivot = libvirt.begin("blockjob", Libvirt.DOMAIN, Libvirt.DISK, "--pivot");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
            libvirt.kill();
            String struck = statusOf(onlooker);
            pivot.waitFor();
            libvirt.start(deadline);
            LockSupport.parkNanos(SETTLED_NANOS);
            return judge(number, millis, struck, onlooker);
        }
    }

    private boolean isCopied(Path destination) throws IOException, InterruptedException {
        try (RandomAccessFile file = new RandomAccessFile(destination.toFile(), "rw")) {
            file.setLength(DISK_BYTES);
        }
        String copy = "blockcopy " + Libvirt.DOMAIN + " " + Libvirt.DISK + " " + destination;
        return libvirt.asked((copy + " --reuse-external --transient-job --format raw").split(" "))
                .isPresent();
    }

    private Outcome judge(int number, long millis, String struck, Onlooker onlooker)
            throws IOException, InterruptedException, NotInTimeException {
        boolean runs = libvirt.seesItRun();
        Optional<Path> named = libvirt.named();
        Path truth = imageInUse(onlooker);
        String text = "killed " + millis + " ms after the pivot was asked for; it says the domain "
                + (runs ? "runs on " : "is off, on ")
                + named.map(Path::getFileName).map(Path::toString).orElse("no image")
                + ", and QEMU is on " + truth.getFileName();
        onlooker.ask(new QmpCommand.Stop());
        Acknowledgements told = acknowledged();
        int lost = named.isEmpty()
                ? 0
                : DiskCheck.of(named.get(), disk, told.records(), told.unheard())
                        .lost()
                        .size();
        onlooker.ask(new QmpCommand.Cont());
        return new Outcome(number, struck, 1, verdict(runs, named, truth, lost), lost, text + ", lost " + lost);
    }

    private static Verdict verdict(boolean runs, Optional<Path> named, Path truth, int lost) {
        if (!runs || named.isEmpty()) {
            return Verdict.BLIND;
        }
        if (named.get().equals(truth)) {
            return lost == 0 ? Verdict.RIGHT : Verdict.LOST;
        }
        return lost == 0 ? Verdict.WRONG : Verdict.LOST;
    }

    /** The guest of the trial before if all went well, else a new one on a new disk. */
    private void boot() throws IOException, InterruptedException, NotInTimeException {
        if (isBooted) {
            return;
        }
        libvirt.killQemu();
        libvirt.asked("destroy", Libvirt.DOMAIN);
        libvirt.asked("undefine", Libvirt.DOMAIN);
        Path image = dir.resolve("disk.raw");
        Files.deleteIfExists(image);
        Files.deleteIfExists(dir.resolve("acknowledged"));
        disk.writeTo(image);
        Path definition = dir.resolve("guest.xml");
        Files.writeString(definition, definition(image));
        libvirt.tell("define", definition.toString());
        libvirt.tell("start", Libvirt.DOMAIN);
        awaitWrites(2);
        isBooted = true;
    }

    private String definition(Path image) {
        return """
                <domain type='qemu' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>
                  <name>%s</name>
                  <memory unit='MiB'>128</memory>
                  <os><type arch='x86_64' machine='pc'>hvm</type>
                    <kernel>%s</kernel><initrd>%s</initrd><cmdline>%s</cmdline></os>
                  <devices>
                    <emulator>/usr/bin/qemu-system-x86_64</emulator>
                    <disk type='file' device='disk'><driver name='qemu' type='raw'/>
                      <source file='%s'/><target dev='%s' bus='virtio'/></disk>
                    <serial type='file'><source path='%s'/><target port='0'/></serial>
                    <serial type='file'><source path='%s'/><target port='1'/></serial>
                    <controller type='usb' model='none'/><memballoon model='none'/>
                  </devices>
                  <qemu:commandline><qemu:arg value='-qmp'/><qemu:arg value='unix:%s,server=on,wait=off'/></qemu:commandline>
                </domain>
                """.formatted(
                        Libvirt.DOMAIN,
                        kit.kernel(),
                        kit.initrd(),
                        WritingQemu.KERNEL_OPTIONS,
                        image,
                        Libvirt.DISK,
                        dir.resolve("console"),
                        dir.resolve("acknowledged"),
                        dir.resolve("onlooker.qmp"));
    }

    private Acknowledgements acknowledged() throws IOException {
        return Acknowledgements.in(dir.resolve("acknowledged"), disk.blocks());
    }

    private void awaitWrites(int more) throws IOException, NotInTimeException {
        int enough = acknowledged().count() + more;
        while (acknowledged().count() < enough) {
            deadline.millisLeft(more + " writes of the guest");
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
    }

    private void awaitReady(Onlooker onlooker) throws IOException, NotInTimeException {
        while (!statusOf(onlooker).equals("READY")) {
            deadline.millisLeft("the copy");
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
    }

    /** What QEMU says of the copy. */
    private static String statusOf(Onlooker onlooker) throws IOException, NotInTimeException {
        List<JobInfo> jobs = JobInfo.listFrom(onlooker.ask(new QmpCommand.QueryJobs()));
        return jobs.isEmpty() ? "no job" : jobs.get(0).status().name();
    }

    private static Path imageInUse(Onlooker onlooker) throws IOException, NotInTimeException {
        return BlockInfo.listFrom(onlooker.ask(new QmpCommand.QueryBlock())).stream()
                .filter(row -> row.inserted() != null)
                .map(row -> Path.of(row.inserted().file()))
                .findFirst()
                .orElseThrow(() -> new IOException("the disk is empty"));
    }
}
