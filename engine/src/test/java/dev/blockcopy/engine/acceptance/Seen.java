package dev.blockcopy.engine.acceptance;

import dev.blockcopy.engine.qmp.QmpException;
import dev.blockcopy.engine.qmp.RealQemu;
import dev.blockcopy.model.qmp.BlockDeviceInfo;
import dev.blockcopy.model.qmp.BlockInfo;
import dev.blockcopy.model.qmp.JobInfo;
import dev.blockcopy.model.qmp.QmpCommand;
import dev.blockcopy.model.qmp.RunState;
import dev.blockcopy.model.qmp.StatusInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What somebody with a second monitor and a shell sees.
 *
 * @param runState whether the guest runs
 * @param jobs ids in {@code query-jobs}
 * @param nodes names in {@code query-named-block-nodes}
 * @param disks each disk with the node and file it is on
 * @param files each file among the images with its size and time
 */
record Seen(RunState runState, List<String> jobs, Set<String> nodes, List<String> disks, Set<String> files) {

    static Seen in(RealQemu qemu, Path images) throws QmpException, IOException {
        return new Seen(
                StatusInfo.from(qemu.ask(new QmpCommand.QueryStatus())).status(),
                JobInfo.listFrom(qemu.ask(new QmpCommand.QueryJobs())).stream()
                        .map(JobInfo::id)
                        .toList(),
                nodesOf(qemu),
                BlockInfo.listFrom(qemu.ask(new QmpCommand.QueryBlock())).stream()
                        .map(Seen::lineOf)
                        .toList(),
                filesIn(images));
    }

    private static Set<String> nodesOf(RealQemu qemu) throws QmpException {
        return BlockDeviceInfo.listFrom(qemu.ask(new QmpCommand.QueryNamedBlockNodes(true))).stream()
                .map(BlockDeviceInfo::nodeName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String lineOf(BlockInfo row) {
        BlockDeviceInfo image = row.inserted();
        return row.device() + (image == null ? " is empty" : " on " + image.nodeName() + ", " + image.file());
    }

    private static Set<String> filesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> !file.equals(folder))
                    .map(Seen::lineOf)
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static String lineOf(Path file) {
        try {
            boolean plain = Files.isRegularFile(file);
            return file + (plain ? " " + Files.size(file) + " bytes of " + Files.getLastModifiedTime(file) : "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names of what is in a folder. */
    static Set<String> fileNamesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
