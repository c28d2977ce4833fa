package dev.blockcopy.qemufake;

import dev.blockcopy.model.qmp.JobStatus;
import dev.blockcopy.model.qmp.QmpEvent;
import dev.blockcopy.model.qmp.QmpMessage;
import dev.blockcopy.model.qmp.RunState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Everything a QEMU is at one moment: run state, graph, jobs, and what each monitor is still to be told.
 *
 * <p>To the outside it is a value: nothing public changes it, and {@link QemuCore#after} works on a copy. It may be
 * shared between threads once published safely.
 */
public final class QemuState {
    private static final long MICROS = 1_000_000;
    private static final int SIGABRT = 6;
    private static final int SIGKILL = 9;

    long nowMicros;
    RunState run;
    boolean isDead;
    /** {@code quit} has been answered, or a signal came: the process ends when its lines are out. */
    boolean isQuitting;
    /** It waits for itself, and does nothing any more but die. */
    boolean isLockedUp;

    final NodeNames names;
    final Graph graph;
    /** Oldest first; QEMU lists them the other way round. */
    final List<Job> jobs;

    final Map<String, String> objects;
    /** The names of descriptors that clients have sent. */
    final Set<String> descriptors;

    DirtyBitmaps bitmaps = new DirtyBitmaps();
    DescriptorSets sets = new DescriptorSets();
    /** What one job of a group sets off in the others sets off nothing more. */
    boolean isSettlingGroup;
    /** How many groups of jobs there have been. */
    int groups;

    Dialect dialect = Dialect.QEMU_7_2;
    /** Whose command is carried out. */
    int serving;
    /** A reopen under way, which nothing but its own steps interrupts; null for none. */
    Reopen reopen;
    /** Where the rules of each blkdebug node stand. */
    final Map<String, Blkdebug> blkdebugs;

    final Map<String, ThrottleGroup> throttles;
    /** What it has said on its standard error. */
    final List<String> complaints;
    /** It is dead by its own hand: SIGABRT. */
    boolean isAborted;

    /** What the guest was told of its last write. */
    GuestWriteOutcome guestWrite = GuestWriteOutcome.DONE;

    final List<Monitor> monitors;
    Faults faults;

    private QemuState(NodeNames names, Graph graph, List<Job> jobs, Map<String, String> objects, Faults faults) {
        this.names = names;
        this.graph = graph;
        this.jobs = jobs;
        this.objects = objects;
        this.descriptors = new LinkedHashSet<>();
        this.blkdebugs = new HashMap<>();
        this.throttles = new HashMap<>();
        this.complaints = new ArrayList<>();
        this.monitors = new ArrayList<>();
        this.faults = faults;
    }

    /** All of another, and with it all that can be changed: only for what is a value already. */
    private QemuState(QemuState of) {
        this.names = of.names;
        this.graph = of.graph;
        this.jobs = of.jobs;
        this.objects = of.objects;
        this.descriptors = of.descriptors;
        this.blkdebugs = of.blkdebugs;
        this.throttles = of.throttles;
        this.complaints = of.complaints;
        this.monitors = new ArrayList<>(of.monitors);
        this.faults = of.faults;
        this.bitmaps = of.bitmaps;
        this.sets = of.sets;
        this.reopen = of.reopen;
        takePlain(of);
    }

    /**
     * A QEMU with no disks yet.
     *
     * @param seed chooses the digits of generated node names, and when faults of chance strike
     * @param monitors how many it has
     * @param isRunning false as with {@code -S}
     * @param faults what is to go wrong
     */
    public static QemuState start(long seed, int monitors, boolean isRunning, List<FaultRule> faults) {
        QemuState state = new QemuState(
                new NodeNames(seed, 0), new Graph(), new ArrayList<>(), new LinkedHashMap<>(), Faults.of(faults, seed));
        state.run = isRunning ? RunState.RUNNING : RunState.PRELAUNCH;
        for (int i = 0; i < monitors; i++) {
            state.monitors.add(new Monitor());
        }
        return state;
    }

    /**
     * The same, as another QEMU; nothing has happened to it yet.
     *
     * @param chosen which one
     */
    public QemuState as(Dialect chosen) {
        QemuState copy = copy();
        copy.dialect = chosen;
        return copy;
    }

    QemuState copy() {
        List<Job> copies = new ArrayList<>();
        jobs.forEach(job -> copies.add(job.copy()));
        QemuState copy = new QemuState(names.copy(), graph.copy(), copies, new LinkedHashMap<>(objects), faults.copy());
        copy.takePlain(this);
        copy.descriptors.addAll(descriptors);
        copy.bitmaps = bitmaps.copy();
        copy.sets = sets.copy();
        copy.reopen = reopen == null ? null : reopen.copy();
        copy.blkdebugs.putAll(blkdebugs);
        copy.throttles.putAll(throttles);
        copy.complaints.addAll(complaints);
        monitors.forEach(monitor -> copy.monitors.add(monitor.copy()));
        return copy;
    }

    private void takePlain(QemuState of) {
        nowMicros = of.nowMicros;
        run = of.run;
        isDead = of.isDead;
        isQuitting = of.isQuitting;
        isLockedUp = of.isLockedUp;
        isAborted = of.isAborted;
        guestWrite = of.guestWrite;
        groups = of.groups;
        dialect = of.dialect;
    }

    /** The same at another time; nothing else of it may be changed. */
    QemuState at(long micros) {
        QemuState later = new QemuState(this);
        later.nowMicros = micros;
        return later;
    }

    /** The same with a monitor that may be changed; nothing else of it may. */
    QemuState touching(int monitor) {
        QemuState same = new QemuState(this);
        same.monitors.set(monitor, monitors.get(monitor).copy());
        return same;
    }

    /** The state's clock, in microseconds. */
    public long nowMicros() {
        return nowMicros;
    }

    /** Which QEMU this is. */
    public Dialect dialect() {
        return dialect;
    }

    public RunState run() {
        return run;
    }

    /** A fault has killed it: no line more, no write more. */
    public boolean isDead() {
        return isDead;
    }

    /** The signal that a dead one died of: of its own, or of the fault that killed it. */
    public int deathSignal() {
        return isAborted ? SIGABRT : SIGKILL;
    }

    /** What it has said on its standard error so far, line by line: clients never hear of it. */
    public List<String> complaints() {
        return List.copyOf(complaints);
    }

    /** QEMU finds itself in a state that it holds for impossible, says so and dies. */
    void abort(String... lastWords) {
        complaints.addAll(List.of(lastWords));
        isDead = true;
        isAborted = true;
    }

    /** What the guest was told of its last write; meaningless before there was one. */
    public GuestWriteOutcome guestWrite() {
        return guestWrite;
    }

    /** It waits for itself, as a real one does in the same place: only a signal ends it. */
    public boolean isLockedUp() {
        return isLockedUp;
    }

    public boolean isQuitting() {
        return isQuitting;
    }

    /** The lines for a monitor's client that have not been fetched yet, oldest first. */
    public List<QmpMessage> linesFor(int monitor) {
        return List.copyOf(monitors.get(monitor).sent);
    }

    /** How many these are. */
    public int lineCountFor(int monitor) {
        return monitors.get(monitor).sent.size();
    }

    /** Whether a fault holds the lines back at this time. */
    public boolean isHeld(int monitor) {
        return monitors.get(monitor).heldUntilMicros > nowMicros || isHung(monitors.get(monitor));
    }

    boolean isHung(Monitor monitor) {
        return monitor.hang != null && monitor.hang.holds(this);
    }

    boolean isStalled(Job job, JobStep step) {
        return job.stall != null && job.stall.step() == step && job.stall.holds(this);
    }

    /** Whether the connection is to go as soon as the lines are out. */
    public boolean isEnding(int monitor) {
        return monitors.get(monitor).ending != Monitor.Ending.NONE;
    }

    /** Whether half of the last line is all that is to go out of it. */
    public boolean isHalved(int monitor) {
        return monitors.get(monitor).ending == Monitor.Ending.HALF_LINE;
    }

    /** The names of the commands that it knows. */
    public Set<String> commands() {
        return Set.copyOf(dialect.commands().keySet());
    }

    /** Each disk of the guest, and the file that its writes go to; the truth behind the monitor. */
    public Map<String, String> disks() {
        Map<String, String> disks = new LinkedHashMap<>();
        for (Backend backend : graph.backends()) {
            disks.put(backend.label(), fileInUse(backend.label()).orElse("nothing"));
        }
        return disks;
    }

    /** The files whose existence rules depend on. */
    public List<String> faultFiles() {
        return faults.files();
    }

    /** Those that were there when somebody last looked. */
    public Set<String> faultFilesThere() {
        return faults.filesThere();
    }

    /** What has struck and was not told of yet, in order. */
    public List<FaultStrike> struck() {
        return faults.untold();
    }

    /** The rules that have not struck so far, except those of a preset of which another has. */
    public List<FaultRule> neverStruck() {
        return faults.neverStruck();
    }

    public boolean isCut(int monitor) {
        return monitors.get(monitor).isCut;
    }

    /**
     * The size of a disk, in bytes.
     *
     * @param driveOrQdev its drive id, or its device's QOM path
     */
    public long sizeOf(String driveOrQdev) {
        return graph.backends().stream()
                .filter(backend -> backend.isCalled(driveOrQdev))
                .mapToLong(backend -> graph.node(backend.root()).size())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no disk " + driveOrQdev));
    }

    /**
     * The file that the guest's writes to a drive, or to a device's QOM path, go to; the truth behind the monitor.
     *
     * @return empty where there is no such disk, or it has no medium
     */
    public Optional<String> fileInUse(String driveOrQdev) {
        return graph.backends().stream()
                .filter(backend -> backend.isCalled(driveOrQdev) && backend.hasMedium())
                .findFirst()
                .map(backend -> graph.fileBelow(graph.node(backend.root())).filename());
    }

    public Optional<JobStatus> statusOf(String job) {
        return Optional.ofNullable(job(job)).map(Job::status);
    }

    /** Whether nothing that {@link #files} and {@link #disks} depend on has changed since another state of this QEMU. */
    public boolean hasGraphOf(QemuState before) {
        return this == before
                || graph.isSameAs(before.graph) && JobLocks.targets(this).equals(JobLocks.targets(before));
    }

    /** The open files that the graph still needs, and what is done with each. */
    public Map<String, FileUse> files() {
        return new FileUses(this).byHandle();
    }

    Job job(String id) {
        for (Job job : jobs) {
            if (job.id().equals(id)) {
                return job;
            }
        }
        return null;
    }

    /** An event goes to every client that has negotiated; nobody is told later. */
    void tell(String event, Map<String, Object> data) {
        if (!dialect.tells(event)) {
            return;
        }
        QmpEvent line = new QmpEvent(event, new QmpEvent.Timestamp(nowMicros / MICROS, nowMicros % MICROS), data);
        if (monitors.stream().noneMatch(monitor -> monitor.isNegotiated)) {
            return;
        }
        int striking = faults.strikeOn(this, line);
        for (int i = 0; i < monitors.size() && !isDead; i++) {
            if (monitors.get(i).isNegotiated) {
                tell(line, i, striking);
            }
        }
    }

    private void tell(QmpEvent line, int monitor, int striking) {
        if (striking == Faults.NONE || !faults.rule(striking).isFor(FaultKey.MONITOR, (long) monitor)) {
            monitors.get(monitor).tell(line);
        } else {
            Strikes.onLine(this, striking, monitors.get(monitor), line);
        }
    }

    /** Before the job API a mirror was as long as its disk. */
    long lengthOf(Job job) {
        return dialect.hasJobApi()
                ? job.length()
                : graph.node(job.mirror.source()).size();
    }

    long offsetOf(Job job) {
        boolean isNew = dialect.hasJobApi() || !job.is(JobPlaces.STARTED);
        return isNew ? job.offset : lengthOf(job) - job.dirty.bytes() - job.bytesInFlight();
    }

    /** A command that lets all requests finish first is next on a monitor: no job sends any more until it is done. */
    boolean isDraining() {
        boolean isDraining = false;
        for (Monitor monitor : monitors) {
            isDraining |= monitor.isDraining();
        }
        return isDraining && reopen == null;
    }

    /** Nodes that nobody holds any more go; nobody has let go of any where these are the same as before. */
    void sweep(QemuState before) {
        if (graph.isSameAs(before.graph) && JobLocks.areSame(this, before)) {
            return;
        }
        graph.sweep(JobLocks.held(this));
        bitmaps.sweep(graph);
        blkdebugs.keySet().removeIf(name -> graph.node(name) == null);
    }
}
