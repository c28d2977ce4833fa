package dev.blockcopy.simulator.campaign;

import dev.blockcopy.simulator.live.Deadline;
import dev.blockcopy.simulator.live.EngineProcess;
import dev.blockcopy.simulator.live.NotInTimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The classes of an engine, parsed once for all engines of a campaign (class-data sharing): without it a third of a trial's
 * work is the start of a virtual machine. Immutable.
 *
 * @param environment variables for an engine's process
 */
record QuickStart(Map<String, String> environment) {
    private static final String JVM_OPTIONS = "JDK_JAVA_OPTIONS";

    QuickStart {
        environment = Map.copyOf(environment);
    }

    /**
     * Has an engine copy a disk once, and keeps its classes. A JVM shares none of folders: there, nothing is kept.
     *
     * @param dir for its files, and for as long as engines are started
     * @param disk of the QEMU behind the monitor
     */
    static QuickStart rehearsed(Path dir, Path monitor, String disk, Deadline deadline)
            throws IOException, InterruptedException, NotInTimeException {
        boolean isOfArchives =
                Stream.of(System.getProperty("java.class.path").split(":")).allMatch(part -> part.endsWith(".jar"));
        if (!isOfArchives) {
            return new QuickStart(Map.of());
        }
        Path classes = dir.resolve("classes.jsa");
        List<String> words = List.of(
                "copy",
                "--finish",
                "--format",
                "raw",
                "--qmp",
                monitor.toString(),
                "--disk",
                disk,
                "--dest",
                dir.resolve("rehearsed.raw").toString(),
                "--store",
                dir.resolve("rehearsed.db").toString());
        Map<String, String> keeping = Map.of(JVM_OPTIONS, "-XX:ArchiveClassesAtExit=" + classes);
        EngineProcess.start(dir.resolve("rehearsed.log"), EngineProcess.BLOCKCOPY, words, keeping)
                .exitCode(deadline);
        return new QuickStart(
                Files.exists(classes) ? Map.of(JVM_OPTIONS, "-XX:SharedArchiveFile=" + classes) : Map.of());
    }
}
