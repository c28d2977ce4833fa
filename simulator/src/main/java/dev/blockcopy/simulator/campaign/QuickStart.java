package dev.blockcopy.simulator.campaign;

import dev.blockcopy.simulator.live.Deadline;
import dev.blockcopy.simulator.live.EngineProcess;
import dev.blockcopy.simulator.live.NotInTimeException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

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
     * Has an engine copy a disk once, and keeps its classes. A JVM shares none of folders, so those are packed first.
     *
     * @param dir for its files, and for as long as engines are started
     * @param disk of the QEMU behind the monitor
     */
    static QuickStart rehearsed(Path dir, Path monitor, String disk, Deadline deadline)
            throws IOException, InterruptedException, NotInTimeException {
        String classPath = packed(dir, System.getProperty("java.class.path"));
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
        Map<String, String> keeping =
                Map.of(EngineProcess.CLASS_PATH, classPath, JVM_OPTIONS, "-XX:ArchiveClassesAtExit=" + classes);
        EngineProcess.start(dir.resolve("rehearsed.log"), EngineProcess.BLOCKCOPY, words, keeping)
                .exitCode(deadline);
        if (!Files.exists(classes)) {
            return new QuickStart(Map.of());
        }
        return new QuickStart(
                Map.of(EngineProcess.CLASS_PATH, classPath, JVM_OPTIONS, "-XX:SharedArchiveFile=" + classes));
    }

    /** The same class path, of archives only. */
    private static String packed(Path dir, String classPath) throws IOException {
        List<String> parts = new ArrayList<>();
        for (String part : classPath.split(File.pathSeparator)) {
            Path folder = Path.of(part);
            parts.add(Files.isDirectory(folder) ? pack(folder, dir.resolve("classes-" + parts.size() + ".jar")) : part);
        }
        return String.join(File.pathSeparator, parts);
    }

    private static String pack(Path folder, Path archive) throws IOException {
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(archive));
                Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                out.putNextEntry(new ZipEntry(folder.relativize(file).toString().replace(File.separatorChar, '/')));
                Files.copy(file, out);
            }
        }
        return archive.toString();
    }
}
