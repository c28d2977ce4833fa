package dev.blockcopy.engine;

import dev.blockcopy.model.lifecycle.Trigger;
import dev.blockcopy.model.qmp.BlockDeviceInfo;
import dev.blockcopy.model.qmp.BlockInfo;
import dev.blockcopy.model.qmp.ImageInfo;
import dev.blockcopy.model.qmp.JobInfo;
import dev.blockcopy.model.qmp.QmpCommand;
import dev.blockcopy.model.qmp.QmpReply;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a QEMU showed at one look. Immutable.
 *
 * @param monitor where it was asked
 * @param socket which socket answered there ({@link MonitorDialer#identity}), or empty
 * @param queryBlock its disks, as {@code query-block} says
 * @param names its nodes and jobs
 * @param graph what is above what, as {@code x-debug-query-block-graph} says; empty where it can't be asked
 */
record QemuSeen(Path monitor, String socket, Object queryBlock, Set<String> names, Optional<Object> graph) {
    static QemuSeen at(Monitor monitor) throws CopyRefusedException, InterruptedException {
        MonitorDialer dialer = monitor.lane().dialer();
        String socket = dialer.identity();
        Object queryBlock = monitor.ask(new QmpCommand.QueryBlock());
        Set<String> names = new HashSet<>();
        monitor.askIfItCan(new QmpCommand.QueryNamedBlockNodes(true))
                .ifPresent(nodes -> BlockDeviceInfo.listFrom(nodes).forEach(node -> names.add(node.nodeName())));
        monitor.askIfItCan(new QmpCommand.QueryJobs())
                .ifPresent(jobs -> JobInfo.listFrom(jobs).forEach(job -> names.add(job.id())));
        Optional<Object> graph = monitor.askIfItCan(new QmpCommand.XDebugQueryBlockGraph());
        boolean isSame = socket.equals(dialer.identity());
        return new QemuSeen(monitor.socket(), isSame ? socket : "", queryBlock, names, graph);
    }

    List<BlockInfo> disks() {
        return BlockInfo.listFrom(queryBlock);
    }

    /** It shows a name that carries the job's nonce. */
    boolean showsNamesOf(CopySpec spec) {
        return showsNodeOf(spec) || names.contains(spec.id());
    }

    /** It has the node of the destination. */
    boolean showsNodeOf(CopySpec spec) {
        return names.contains(spec.nodeName());
    }

    /** Whether the job ran in it; a socket has one QEMU in its life. */
    boolean isThatOf(CopyJob job) {
        return showsNamesOf(job.spec())
                || !socket.isEmpty() && socket.equals(job.findings().qemuSocket());
    }

    /** The job's disk, or else the disk that stands on one of the job's images. */
    Optional<BlockInfo> diskOf(CopyJob job) {
        return first(row -> GraphEvidence.isBackend(row, job.spec().backend()))
                .or(() -> first(row -> standsOn(job, row) == Trigger.ON_DESTINATION))
                .or(() -> first(row -> standsOn(job, row) == Trigger.ON_SOURCE));
    }

    private Optional<BlockInfo> first(Predicate<BlockInfo> wanted) {
        return disks().stream().filter(wanted).findFirst();
    }

    /**
     * Which image of a job a disk stands on, be there others on top: ON_SOURCE, ON_DESTINATION or ON_ANOTHER. Nodes tell it
     * in the job's own QEMU alone, for names are given, or generated, anew in each.
     */
    Trigger standsOn(CopyJob job, BlockInfo row) {
        if (row.inserted() == null) {
            return Trigger.ON_ANOTHER;
        }
        Trigger byNodes =
                isThatOf(job) && job.spec().dialect().isJobApi() ? byNodes(job.spec(), row) : Trigger.ON_ANOTHER;
        return byNodes == Trigger.ON_ANOTHER ? byFiles(job.spec(), row) : byNodes;
    }

    private Trigger byNodes(CopySpec spec, BlockInfo row) {
        if (!GraphEvidence.isBackend(row, spec.backend())) {
            return Trigger.ON_ANOTHER;
        }
        return GraphEvidence.byRoot(spec, queryBlock)
                .or(() -> graph.map(value -> GraphEvidence.byGraph(spec, new QmpReply.Success("", value))))
                .orElse(Trigger.ON_ANOTHER);
    }

    private static Trigger byFiles(CopySpec spec, BlockInfo row) {
        return filesOf(row).stream()
                .map(file -> FileEvidence.ofAnyName(spec, file))
                .filter(trigger -> trigger != Trigger.ON_ANOTHER)
                .findFirst()
                .orElse(Trigger.ON_ANOTHER);
    }

    /** The files of a disk, the one on top first, as far as QEMU tells them. */
    private static List<String> filesOf(BlockInfo row) {
        List<String> files = new ArrayList<>(List.of(row.inserted().file()));
        if (row.inserted().backingFile() != null) {
            files.add(row.inserted().backingFile());
        }
        for (ImageInfo image = row.inserted().image(); image != null; image = image.backingImage()) {
            files.add(image.filename());
        }
        return files;
    }
}
