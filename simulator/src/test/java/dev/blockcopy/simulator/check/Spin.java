package dev.blockcopy.simulator.check;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.blockcopy.simulator.export.Promela;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** SPIN on an exported question, in a folder of its own; a test is skipped where there is no {@code spin} or gcc. */
final class Spin {
    private static final Pattern STATES = Pattern.compile("(\\d+) states, stored");
    private static final Pattern ERRORS = Pattern.compile("errors: (\\d+)");
    private static final Pattern MEMORY = Pattern.compile("([\\d.]+)\\s+total actual memory usage");
    private static final Pattern STACK = Pattern.compile("([\\d.]+)\\s+memory used for DFS stack");
    private static final Pattern USER = Pattern.compile("user ([\\d.]+)");
    private static final double MEBI = 1 << 20;
    private static final long MOST_SECONDS = 600;

    private final Path folder;

    Spin(Path folder, Question question) throws Exception {
        this.folder = folder;
        Files.writeString(folder.resolve("world.pml"), Promela.of(question));
        run("spin", "-o2", "-a", "world.pml");
    }

    /** How many states the world has: one fewer than SPIN stores. */
    long states() throws Exception {
        compile("-O0", "count", "-DNOCLAIM");
        return Long.parseLong(found(STATES, run("./count", "-E", "-m1000000"))) - 1;
    }

    private void compile(String optimise, String program, String... more) throws Exception {
        List<String> command = new ArrayList<>(List.of("gcc", optimise, "-w", "-DSAFETY", "-DNOREDUCE"));
        command.addAll(List.of(more));
        command.addAll(List.of("-o", program, "pan.c"));
        run(command.toArray(new String[0]));
    }

    /**
     * Counts with SPIN's best safe settings.
     *
     * @param expected about how many states there are, to make SPIN's table as large
     * @return what SPIN and the system say of it
     */
    Cost count(long expected) throws Exception {
        if (!Files.exists(folder.resolve("fast"))) {
            compile("-O3", "fast", "-DNOCLAIM", "-DNOFAIR", "-DNOBOUNDCHECK");
        }
        int tableBits = Long.SIZE - Long.numberOfLeadingZeros(expected);
        String text = run("bash", "-c", "TIMEFORMAT='user %U'; time ./fast -E -m1000000 -w" + tableBits);
        double bytes = MEBI * (Double.parseDouble(found(MEMORY, text)) - Double.parseDouble(found(STACK, text)));
        long states = Long.parseLong(found(STATES, text));
        return new Cost(states, Double.parseDouble(found(USER, text)) * 1e9 / states, bytes / states);
    }

    /** What a state costs. */
    record Cost(long states, double nanos, double bytes) {}

    /** Whether SPIN finds a run that breaks a claim. */
    boolean breaks(String claim) throws Exception {
        if (!Files.exists(folder.resolve("claims"))) {
            compile("-O0", "claims");
        }
        return !found(ERRORS, run("./claims", "-E", "-m1000000", "-N", claim)).equals("0");
    }

    /** Whether SPIN finds a run, fair to each process, that never comes to what it is to lead to. */
    boolean breaksInTheEnd(String claim) throws Exception {
        run("gcc", "-O0", "-w", "-DNOREDUCE", "-DNFAIR=8", "-o", "ends", "pan.c");
        String text = run("./ends", "-a", "-f", "-E", "-m10000000", "-N", claim);
        return !found(ERRORS, text).equals("0");
    }

    private static String found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new AssertionError("SPIN does not say " + pattern + ": " + text);
        }
        return matcher.group(1);
    }

    private String run(String... command) throws Exception {
        Path output = folder.resolve("output");
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
        } catch (IOException e) {
            assumeTrue(false, "no " + command[0]);
            throw e;
        }
        if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(String.join(" ", command) + " is not done after " + MOST_SECONDS + " s");
        }
        String text = Files.readString(output);
        if (process.exitValue() != 0) {
            throw new AssertionError(String.join(" ", command) + ": " + text);
        }
        return text;
    }
}
