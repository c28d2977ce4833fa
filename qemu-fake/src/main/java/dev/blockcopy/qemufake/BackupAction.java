package dev.blockcopy.qemufake;

import dev.blockcopy.model.qmp.JobStatus;
import java.util.List;

/** A backup, by itself or in a transaction: a job that saves a disk as it was when the job started. */
final class BackupAction implements TransactionAction {
    private static final String ON_ERROR = "report|ignore|enospc|stop|auto";
    private static final String COMMON = "job-id? str device str sync " + MirrorCommand.SYNC
            + " speed? int bitmap? str bitmap-mode? on-success|never|always compress? bool on-source-error? " + ON_ERROR
            + " on-target-error? " + ON_ERROR
            + " auto-finalize? bool auto-dismiss? bool filter-node-name? str x-perf? any target str";
    private static final String ON_SUCCESS = "on-success";
    private static final int CLUSTER = 64 << 10;
    private static final long PIECE = 1 << 20;
    private static final long UNLIMITED = 16 << 20;

    /** The two ways to say what the target is. */
    enum Kind {
        /** A file, which is opened, or made first. */
        DRIVE("drive-backup", Signature.of(COMMON + " format? str mode? existing|absolute-paths")),
        /** A node that is there. */
        BLOCKDEV("blockdev-backup", Signature.of(COMMON));

        private final String wire;
        private final Signature signature;

        Kind(String wire, Signature signature) {
            this.wire = wire;
            this.signature = signature;
        }

        String wire() {
            return wire;
        }

        Signature signature() {
            return signature;
        }
    }

    private final Kind kind;
    private final Arguments arguments;
    private final boolean isGrouped;
    private String id;

    BackupAction(Kind kind, Arguments arguments, boolean isGrouped) {
        this.kind = kind;
        this.arguments = arguments;
        this.isGrouped = isGrouped;
    }

    boolean isGrouped() {
        return isGrouped;
    }

    @Override
    public HostWork work(QemuState q, NodeNames names) {
        HostWork work = kind == Kind.DRIVE ? plan(q).open(q, names) : HostWork.NONE;
        if (!arguments.has("filter-node-name")) {
            names.take();
        }
        return work;
    }

    private NodePlan plan(QemuState q) {
        return DriveMirrorCommand.plan(q, arguments, MirrorCommand.rootOf(q, arguments.text("device")));
    }

    @Override
    public void prepare(QemuState q, HostResult result) {
        Node source = q.graph.lookup(arguments.text("device"));
        Node named = kind == Kind.DRIVE ? null : q.graph.lookup(arguments.text("target"));
        JobTurns.drain(q, q.graph.belowFilters(source).name());
        JobLocks.refuseIfBusy(q, source);
        Node target = named == null ? NodeCommands.opened(q, plan(q), result) : named;
        check(q, source, target);
        String filter = filter(q, source, target);
        refuseOwnFile(q, source, target);
        String name = arguments.text("job-id", MirrorCommand.deviceName(q, source));
        JobIds.check(q, name);
        Job job = new Job(settings(q, name), copying(source, target, filter));
        job.speed = speed(q, name);
        insertFilter(q, job);
        takeBitmap(q, job);
        q.jobs.add(job);
        id = name;
        JobTurns.tellStatus(q, job, JobStatus.CREATED);
    }

    /** In QEMU's order (scenario t38). */
    private void check(QemuState q, Node source, Node target) {
        String sync = arguments.text("sync");
        if (arguments.has("bitmap")) {
            checkBitmap(q, source, sync);
        } else if (isOfBitmap(sync)) {
            throw Refused.generic("must provide a valid bitmap name for '%s' sync mode", sync);
        }
        if (source.name().equals(target.name())) {
            throw Refused.generic("Source and target cannot be the same");
        }
        if (arguments.flag("compress", false) && target.driver() != Driver.QCOW2) {
            throw Refused.generic(
                    "Compression is not supported for this drive %s", MirrorCommand.deviceName(q, target));
        }
        JobLocks.refuseIfBusy(q, target);
        if (source.size() != target.size()) {
            throw Refused.generic("Source and target image have different sizes");
        }
    }

    private static void refuseOwnFile(QemuState q, Node source, Node target) {
        if (isOnOwnFile(q, source, target)) {
            throw Refused.generic("Could not replace node: Failed to get shared \"write\" lock");
        }
    }

    /** The filter that saves what is overwritten lets nobody else write to the file that it is above. */
    private static boolean isOnOwnFile(QemuState q, Node source, Node target) {
        Node own = q.graph.fileBelow(source);
        Node other = q.graph.fileBelow(target);
        return own.facts().identity().equals(other.facts().identity())
                && own.options().locking()
                && other.options().locking();
    }

    private static boolean isOfBitmap(String sync) {
        return sync.equals("incremental") || sync.equals("bitmap");
    }

    private void checkBitmap(QemuState q, Node source, String sync) {
        String name = arguments.text("bitmap");
        if (q.bitmaps.find(source.name(), name) == null) {
            throw Refused.generic("Bitmap '%s' could not be found", name);
        }
        if (!arguments.has("bitmap-mode") && !sync.equals("incremental")) {
            throw Refused.generic("Bitmap sync mode must be given when providing a bitmap");
        }
        if (sync.equals("incremental")
                && !arguments.text("bitmap-mode", ON_SUCCESS).equals(ON_SUCCESS)) {
            throw Refused.generic("Bitmap sync mode must be 'on-success' when using sync mode 'incremental'");
        }
        if (sync.equals("none")) {
            throw Refused.generic("sync mode 'none' does not produce meaningful bitmap outputs");
        }
        BitmapCommands.idle(q, source, name);
    }

    /** The job gets what is in the bitmap, and with another sync everything. */
    private void takeBitmap(QemuState q, Job job) {
        String name = arguments.text("bitmap");
        if (name != null) {
            job.bitmap = new Job.OfBitmap(
                    name, arguments.text("bitmap-mode", ON_SUCCESS), isOfBitmap(arguments.text("sync")));
            q.bitmaps.change(job.mirror.source(), name, DirtyBitmap::freeze);
        }
    }

    /** The name of the filter, which needs the target, and then takes the place of the source. */
    private String filter(QemuState q, Node source, Node target) {
        try {
            String name = MirrorCommand.filter(q, arguments);
            if (!isOnOwnFile(q, source, target)) {
                new FileUses(q).refuseTarget(target);
            }
            return name;
        } catch (Refused refused) {
            throw Refused.generic("Could not create node: %s", refused.getMessage());
        }
    }

    private long speed(QemuState q, String job) {
        long speed = arguments.number("speed", 0);
        if (speed < 0) {
            JobTurns.tellStatus(q, job, JobStatus.CREATED);
            JobTurns.tellStatus(q, job, JobStatus.NULL);
            throw Refused.generic("Parameter 'speed' expects a non-negative value");
        }
        return speed;
    }

    private JobSettings settings(QemuState q, String name) {
        return new JobSettings(
                name,
                JobSettings.BACKUP,
                arguments.flag("auto-finalize", true),
                arguments.flag("auto-dismiss", true),
                isGrouped ? q.groups : 0);
    }

    private MirrorSettings copying(Node source, Node target, String filter) {
        return new MirrorSettings(
                source.name(),
                target.name(),
                filter,
                source.name(),
                sync(source),
                MirrorSettings.Backing.LEFT,
                CLUSTER,
                arguments.number("speed", 0) > 0 ? PIECE : UNLIMITED,
                false,
                MirrorCommand.onError(arguments, "on-source-error"),
                MirrorCommand.onError(arguments, "on-target-error"));
    }

    private String sync(Node source) {
        return isOfBitmap(arguments.text("sync")) ? "bitmap" : MirrorCommand.sync(arguments, source);
    }

    private void insertFilter(QemuState q, Job job) {
        Node source = q.graph.node(job.mirror.source());
        Node filter = new Node(
                job.mirror.filter(),
                Driver.COPY_BEFORE_WRITE,
                "",
                "",
                source.size(),
                source.facts(),
                NodeOptions.HIDDEN
                        .named(arguments.has("filter-node-name"))
                        .readOnly(source.options().readOnly()),
                List.of(new Child(Child.FILE, source.name()), new Child(Child.TARGET, job.mirror.target())));
        q.graph.replaceForParents(source.name(), filter.name(), null);
        q.graph.put(filter);
    }

    /** The job starts while its disk is drained, and so it pauses at once. */
    @Override
    public void commit(QemuState q) {
        JobTurns.tellStatus(q, id, JobStatus.RUNNING);
        JobTurns.tellStatus(q, id, JobStatus.PAUSED);
    }

    @Override
    public void clean(QemuState q) {
        JobTurns.tellStatus(q, id, JobStatus.RUNNING);
    }

    /** A job that never started leaves without an event of its own. */
    @Override
    public void abort(QemuState q) {
        Job job = q.job(id);
        for (JobStatus status : List.of(JobStatus.ABORTING, JobStatus.CONCLUDED, JobStatus.NULL)) {
            JobTurns.tellStatus(q, id, status);
        }
        JobTurns.forget(q, job);
    }
}
