package dev.blockcopy.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A process of this or another host, named so that a later one can tell whether it is certainly gone. Immutable.
 *
 * <p>Of a process under another boot or in another PID namespace nothing can be told, nor of any where {@code /proc} hides
 * strangers (then it hides process 1 too): that one may live. See proc(5).
 */
final class OwnerProcess {
    private static final Path PROC = Path.of("/proc");
    private static final String SEPARATOR = "/";
    private static final int STATE = 0;
    private static final int START = 19;

    /** What can be told of it. */
    enum Condition {
        /** It can't do anything any more. */
        GONE,
        /** It does nothing until somebody continues it. */
        STOPPED,
        RUNNING,
        /** Not to be told from here. */
        UNKNOWN
    }

    private final String world;
    private final long pid;
    private final String start;

    private OwnerProcess(String world, long pid, String start) {
        this.world = world;
        this.pid = pid;
        this.start = start;
    }

    /** This process; where there is no {@code /proc}, one of which nobody can tell anything. */
    static OwnerProcess self() {
        return of(ProcessHandle.current().pid());
    }

    static OwnerProcess of(long pid) {
        try {
            return new OwnerProcess(world(), pid, stat(pid).get(START));
        } catch (IOException e) {
            return new OwnerProcess("", pid, "");
        }
    }

    private static String world() throws IOException {
        String boot =
                Files.readString(PROC.resolve("sys/kernel/random/boot_id")).strip();
        return boot + " " + Files.readSymbolicLink(PROC.resolve("self/ns/pid"));
    }

    /** The fields of its line after its name, which may hold anything. */
    private static List<String> stat(long pid) throws IOException {
        String line = Files.readString(PROC.resolve(pid + "/stat"));
        return List.of(line.substring(line.lastIndexOf(')') + 2).strip().split(" "));
    }

    /** The text that {@link #parse} reads. */
    String text() {
        return String.join(SEPARATOR, world, String.valueOf(pid), start);
    }

    /** The process of a text; of any other text, one of which nothing can be told. */
    static OwnerProcess parse(String text) {
        String[] parts = text.split(SEPARATOR);
        boolean isOne = parts.length == 3 && parts[1].matches("[0-9]{1,18}");
        return isOne ? new OwnerProcess(parts[0], Long.parseLong(parts[1]), parts[2]) : new OwnerProcess("", 0, "");
    }

    long pid() {
        return pid;
    }

    /** True only if it can't do anything any more. */
    boolean isGone() {
        return condition() == Condition.GONE;
    }

    Condition condition() {
        try {
            boolean canBeTold = !world.isEmpty() && world.equals(world()) && Files.exists(PROC.resolve("1"));
            return canBeTold ? conditionHere() : Condition.UNKNOWN;
        } catch (IOException e) {
            return Condition.UNKNOWN;
        }
    }

    private Condition conditionHere() throws IOException {
        try {
            List<String> stat = stat(pid);
            String state = stat.get(STATE);
            if (!stat.get(START).equals(start) || state.matches("[ZX]") && !hasOtherThreads()) {
                return Condition.GONE;
            }
            return state.matches("[Tt]") ? Condition.STOPPED : Condition.RUNNING;
        } catch (IOException e) {
            return Files.exists(PROC.resolve(String.valueOf(pid))) ? Condition.UNKNOWN : Condition.GONE;
        }
    }

    /** The first thread of a process can end before the others. */
    private boolean hasOtherThreads() throws IOException {
        try (Stream<Path> tasks = Files.list(PROC.resolve(pid + "/task"))) {
            return tasks.count() > 1;
        }
    }
}
