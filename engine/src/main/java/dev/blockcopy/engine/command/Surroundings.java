package dev.blockcopy.engine.command;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import picocli.CommandLine.Help.Ansi;

/**
 * What a command finds around it.
 *
 * @param out standard output: the answer, or the one JSON document
 * @param err standard error: progress, warnings, refusals
 * @param errIsTerminal whether somebody looks at it
 * @param colour whether styles are wanted on standard output and in the help
 * @param opener opens the engine
 * @param nanoTime a clock for progress and deadlines
 * @param isInterrupted whether somebody wants the command to leave; an interrupt of its thread alone can get lost in
 *     libraries
 */
record Surroundings(
        PrintWriter out,
        PrintWriter err,
        boolean errIsTerminal,
        boolean colour,
        Copies.Opener opener,
        LongSupplier nanoTime,
        BooleanSupplier isInterrupted) {

    static Surroundings ofThisProcess(BooleanSupplier isInterrupted) {
        return new Surroundings(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                isTerminal(2) && !"dumb".equals(System.getenv("TERM")),
                isTerminal(1) && !isSet("NO_COLOR"),
                EngineCopies::open,
                System::nanoTime,
                isInterrupted);
    }

    Ansi ansi() {
        return colour ? Ansi.ON : Ansi.OFF;
    }

    private static boolean isSet(String variable) {
        String value = System.getenv(variable);
        return value != null && !value.isEmpty();
    }

    /** The console of the JDK tells of standard input and output only, and since JDK 22 not even of these. */
    private static boolean isTerminal(int descriptor) {
        try {
            Path target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor));
            return target.startsWith("/dev/pts") || target.toString().startsWith("/dev/tty");
        } catch (java.io.IOException | UnsupportedOperationException e) {
            return System.console() != null;
        }
    }
}
