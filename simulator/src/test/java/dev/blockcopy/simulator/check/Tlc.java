package dev.blockcopy.simulator.check;

import dev.blockcopy.simulator.export.Tla;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * TLC on an exported question, in a folder of its own; where it is, the property {@code tla2tools} says. What comes to pass
 * is one deep formula to it, for which the stack that a JVM has by itself is too small.
 */
final class Tlc {
    private static final String NAME = "World";
    private static final Pattern STATES = Pattern.compile("([\\d,]+) distinct states found");
    private static final long MOST_SECONDS = 600;

    private final Path folder;
    private final String classPath;
    private final Tla.Files files;

    Tlc(Path folder, String classPath, Question question) throws Exception {
        this.folder = folder;
        this.classPath = classPath;
        files = Tla.of(NAME, question);
        Files.writeString(folder.resolve(NAME + ".tla"), files.module());
    }

    /** The class path of TLC, if one is given. */
    static Optional<String> classPath() {
        return Optional.ofNullable(System.getProperty("tla2tools"));
    }

    /** How many states the world has. */
    long states() throws Exception {
        Matcher matcher = STATES.matcher(run(List.of()));
        long states = -1;
        while (matcher.find()) {
            states = Long.parseLong(matcher.group(1).replace(",", ""));
        }
        return states;
    }

    /** Whether TLC finds a run that breaks a claim. */
    boolean breaks(String claim) throws Exception {
        String line = files.configuration()
                .lines()
                .filter(one -> one.endsWith(" " + claim))
                .findFirst()
                .orElseThrow();
        String text = run(List.of(line));
        if (text.contains("No error has been found")) {
            return false;
        }
        if (text.contains("Invariant " + claim + " is violated")
                || text.contains("Temporal properties were violated")) {
            return true;
        }
        throw new AssertionError("TLC says neither that " + claim + " holds nor that it is violated: " + text);
    }

    private String run(List<String> claims) throws Exception {
        String configuration = "SPECIFICATION Spec\nCHECK_DEADLOCK FALSE\n" + String.join("\n", claims) + "\n";
        Files.writeString(folder.resolve(NAME + ".cfg"), configuration);
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(
                        "java",
                        "-XX:+UseSerialGC",
                        "-Xss512m",
                        "-cp",
                        classPath,
                        "tlc2.TLC",
                        "-workers",
                        "1",
                        "-cleanup",
                        NAME)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("TLC is not done after " + MOST_SECONDS + " s");
        }
        return Files.readString(output);
    }
}
