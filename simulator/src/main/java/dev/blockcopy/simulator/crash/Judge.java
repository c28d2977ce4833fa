package dev.blockcopy.simulator.crash;

import dev.blockcopy.engine.Authority;
import dev.blockcopy.engine.CopyJob;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.JobState;
import dev.blockcopy.qemufake.MemoryFiles;
import dev.blockcopy.qemufake.server.GuestRecord;
import dev.blockcopy.simulator.campaign.Outcome;
import dev.blockcopy.simulator.campaign.Verdict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/** Compares what the last manager says with what is. */
final class Judge {
    /** Makes an outcome of a verdict, the number of lost writes, and words for people. */
    interface Saying {
        Outcome of(Verdict verdict, int lost, String text);
    }

    private final Scene scene;
    private final World world;
    private final MemoryFiles files;
    private final Optional<CopyJob> stored;
    private final boolean isPowerLost;

    Judge(Scene scene, World world, MemoryFiles files, Optional<CopyJob> stored, boolean isPowerLost) {
        this.scene = scene;
        this.world = world;
        this.files = files;
        this.stored = stored;
        this.isPowerLost = isPowerLost;
    }

    Outcome verdict(Saying saying) {
        if (stored.isEmpty()) {
            return lacking(World.SOURCE).isEmpty()
                    ? saying.of(Verdict.RIGHT, 0, "no job was begun")
                    : saying.of(
                            Verdict.LOST,
                            lacking(World.SOURCE).size(),
                            "no job was begun, and the source lacks writes");
        }
        CopyJob job = stored.get();
        if (world.qemu().isAlive()) {
            world.qemu().beginInquiry();
        }
        Authority authority = authority(job);
        String text = "job " + job.phase() + ", named " + authority.verdict();
        if (!world.oddities().isEmpty()) {
            return saying.of(Verdict.UNTIDY, 0, text + ", " + world.oddities());
        }
        return authority.verdict() == Authority.Verdict.UNKNOWN
                ? unnamed(job, saying, text)
                : named(job, authority.image(), saying, text);
    }

    private boolean isAnotherThere() {
        return world.qemu().isAnother() && world.qemu().isAlive();
    }

    private Authority authority(CopyJob job) {
        Optional<Object> disks = world.qemu().ask("query-block");
        if (!isAnotherThere()) {
            return Authority.of(job, disks);
        }
        Set<String> names = new HashSet<>(named("query-named-block-nodes", "node-name"));
        names.addAll(named("query-jobs", "id"));
        return Authority.of(job, disks.orElseThrow(), names);
    }

    /**
     * Where the guest was not paused, and no witness tells, nobody can know; then one of the images must hold everything. An
     * empty witness tells nothing once the host was started anew. Nor is anything guessed where another QEMU was met that had not
     * the source open: ours may live on elsewhere.
     */
    private Outcome unnamed(CopyJob job, Saying saying, String text) {
        boolean isUnwitnessed = job.facts().get(Facts.WITNESS) != Facts.Witness.GIVEN || isPowerLost;
        boolean isQemuGone = !world.qemu().isAlive() || world.qemu().isAnother();
        boolean mayLiveElsewhere = world.qemu().isAnother() && scene.another() != Another.ON_SOURCE;
        boolean isStated = (!scene.pause() || mayLiveElsewhere)
                && isUnwitnessed
                && job.facts().get(Facts.SWITCH_TOLD)
                && isQemuGone;
        boolean isOneWhole =
                lacking(World.SOURCE).isEmpty() || lacking(World.DESTINATION).isEmpty();
        return saying.of(isStated && isOneWhole ? Verdict.DOUBT : Verdict.BLIND, 0, text);
    }

    private Outcome named(CopyJob job, String image, Saying saying, String text) {
        List<GuestRecord> lost = lacking(image);
        if (!lost.isEmpty()) {
            return saying.of(Verdict.LOST, lost.size(), text + ", which lacks " + lost.size() + " acknowledged writes");
        }
        if (isAnotherThere()) {
            List<String> touched = touchedInAnother(job);
            return touched.isEmpty()
                    ? saying.of(Verdict.RIGHT, 0, text)
                    : saying.of(Verdict.WRONG, 0, text + ", in another QEMU " + String.join(", ", touched));
        }
        if (world.qemu().isAlive() && !isTrue(job, image)) {
            return saying.of(
                    Verdict.WRONG, 0, text + ", and QEMU is on '" + world.qemu().fileInUse() + "'");
        }
        List<String> left = leftOver(job);
        return left.isEmpty()
                ? saying.of(Verdict.RIGHT, 0, text)
                : saying.of(Verdict.UNTIDY, 0, text + ", " + String.join(", ", left));
    }

    /** The writes that an image lacks which the guest may count on: after a power loss those that it had flushed. */
    private List<GuestRecord> lacking(String image) {
        List<GuestRecord> counted =
                isPowerLost ? world.qemu().flushed() : world.qemu().acknowledged();
        return GuestRecord.lastOfEachPlace(counted).stream()
                .filter(record ->
                        !files.has(image) || !record.isIn(files.read(image, record.offset(), GuestRecord.LENGTH)))
                .toList();
    }

    private boolean isTrue(CopyJob job, String image) {
        String truth = world.qemu().fileInUse();
        return job.phase() == JobState.HOSED
                ? truth.isEmpty() && image.equals(World.SOURCE)
                : truth.equals(image) && truth.equals(World.DESTINATION) == (job.phase() == JobState.PIVOTED);
    }

    /** What was done in a QEMU in which the job never was. */
    private List<String> touchedInAnother(CopyJob job) {
        List<String> touched = new ArrayList<>(inQemu(job));
        String image = scene.another() == Another.ON_SOURCE ? World.SOURCE : World.DESTINATION;
        if (!world.qemu().fileInUse().equals(image)) {
            touched.add("the disk is on '" + world.qemu().fileInUse() + "'");
        }
        if (!files.has(image)) {
            touched.add("its image was removed");
        }
        if (world.qemu().isGuestRunning() != world.qemu().isAnotherStartedRunning()) {
            touched.add(world.qemu().isGuestRunning() ? "the guest runs" : "the guest is paused");
        }
        return touched;
    }

    private List<String> leftOver(CopyJob job) {
        List<String> left = new ArrayList<>();
        boolean isPaused = job.phase() == JobState.HOSED && scene.pause();
        if (world.qemu().isAlive() && world.qemu().isGuestRunning() == isPaused) {
            left.add(world.qemu().isGuestRunning() ? "the guest runs" : "the guest is paused");
        }
        if (job.facts().get(Facts.COPY) == Facts.Copy.POINT_IN_TIME && !isOfOneInstant(World.DESTINATION)) {
            left.add("the copy is of no instant");
        }
        if (!job.hasEnded()) {
            return left;
        }
        boolean isMissed = job.findings().leftOver().isEmpty();
        files.names().stream()
                .filter(name -> isMissed && !name.equals(World.SOURCE) && !name.equals(World.DESTINATION))
                .forEach(name -> left.add("left over: " + name));
        if (isMissed && world.qemu().isAlive()) {
            List<String> kept = job.phase() == JobState.PIVOTED
                    ? List.of(job.spec().nodeName(), job.spec().fileNodeName())
                    : List.of();
            inQemu(job).stream()
                    .filter(thing -> !kept.contains(thing))
                    .forEach(thing -> left.add("left over: " + thing));
        }
        return left;
    }

    /** Whether it holds all that was written up to some instant, and nothing of later. */
    private boolean isOfOneInstant(String image) {
        if (!files.has(image)) {
            return false;
        }
        List<GuestRecord> all = world.qemu().acknowledged();
        long last = 0;
        for (long at = 0; at < World.DISK_BYTES; at += GuestRecord.LENGTH) {
            OptionalLong number = GuestRecord.numberIn(files.read(image, at, GuestRecord.LENGTH), at);
            last = Math.max(last, number.orElse(0));
        }
        long latest = last;
        List<GuestRecord> before =
                all.stream().filter(record -> record.number() <= latest).toList();
        return GuestRecord.lastOfEachPlace(before).stream()
                .allMatch(record -> record.isIn(files.read(image, record.offset(), GuestRecord.LENGTH)));
    }

    /** What QEMU has of ours. */
    private List<String> inQemu(CopyJob job) {
        List<String> jobs = named("query-jobs", "id");
        List<String> oldJobs = named("query-block-jobs", "device");
        List<String> nodes = named("query-named-block-nodes", "node-name");
        nodes.removeIf(name -> !name.startsWith(job.spec().nodeName()));
        return Stream.of(jobs, oldJobs, nodes).flatMap(List::stream).toList();
    }

    private List<String> named(String query, String key) {
        List<String> names = new ArrayList<>();
        Object rows = world.qemu().ask(query).orElse(List.of());
        for (Object row : (List<?>) rows) {
            names.add(String.valueOf(((Map<?, ?>) row).get(key)));
        }
        return names;
    }
}
