package dev.blockcopy.qemufake.server;

import dev.blockcopy.qemufake.Errno;
import dev.blockcopy.qemufake.HostResult;
import dev.blockcopy.qemufake.descriptors.ReceivedFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Open files that clients have sent: waiting for the command that takes one, with a name, or in sets.
 *
 * <p>They have the numbers that they would have in QEMU's process, where the lowest free one is given. Those that wait
 * are closed when others come, and all but the first when one is taken (transcript p12).
 */
final class Descriptors {
    static final String SET = "/dev/fdset/";
    /** What a QEMU without disks has open when it serves its first client (transcripts p12, p13). */
    private static final int OPEN_IN_QEMU = 11;

    private static final int READ = 0;
    private static final int BOTH = 2;

    private record Held(int number, ReceivedFile file) {}

    private final List<Held> waiting = new ArrayList<>();
    private final Map<String, Held> named = new HashMap<>();
    private final Map<Long, List<Held>> sets = new HashMap<>();

    /** Files have come along with a client's bytes, while so many images are open. */
    void receive(List<ReceivedFile> files, int openImages) {
        if (files.isEmpty()) {
            return;
        }
        List<Held> before = List.copyOf(waiting);
        for (ReceivedFile file : files) {
            waiting.add(new Held(lowestFree(OPEN_IN_QEMU + openImages), file));
        }
        waiting.removeAll(before);
        before.forEach(held -> held.file.close());
    }

    private int lowestFree(int from) {
        Set<Integer> taken = new TreeSet<>();
        waiting.forEach(held -> taken.add(held.number));
        named.values().forEach(held -> taken.add(held.number));
        sets.values().forEach(set -> set.forEach(held -> taken.add(held.number)));
        int number = from;
        while (taken.contains(number)) {
            number++;
        }
        return number;
    }

    /** The client has gone, and what it had sent along goes with it. */
    void forgetWaiting() {
        waiting.forEach(held -> held.file.close());
        waiting.clear();
    }

    private Held take() {
        Held first = waiting.isEmpty() ? null : waiting.remove(0);
        forgetWaiting();
        return first;
    }

    private static HostResult none() {
        return new HostResult.Failed(Errno.EINVAL, "No file descriptor supplied via SCM_RIGHTS", false);
    }

    /** A name that QEMU refuses costs the descriptor all the same. */
    HostResult name(String name) {
        Held held = take();
        if (held == null) {
            return none();
        }
        if (!name.isEmpty() && Character.isDigit(name.charAt(0))) {
            held.file.close();
            return HostResult.DONE;
        }
        Held before = named.put(name, held);
        if (before != null) {
            before.file.close();
        }
        return HostResult.DONE;
    }

    HostResult addToSet(long set) {
        Held held = take();
        if (held == null) {
            return none();
        }
        sets.computeIfAbsent(set, unseen -> new ArrayList<>()).add(held);
        return new HostResult.Numbered(held.number);
    }

    void close(List<String> names) {
        for (String name : names) {
            Held held = named.remove(name);
            if (held != null) {
                held.file.close();
            }
        }
    }

    void closeInSet(long set, List<Integer> numbers) {
        List<Held> held = sets.getOrDefault(set, List.of());
        for (Held one : List.copyOf(held)) {
            if (numbers.contains(one.number)) {
                held.remove(one);
                one.file.close();
            }
        }
        if (held.isEmpty()) {
            sets.remove(set);
        }
    }

    /** Writes a byte to each, syncs and closes all of them. */
    void testify(List<String> names) throws IOException {
        try {
            for (String name : names) {
                named.get(name).file.testify();
            }
            for (String name : names) {
                named.get(name).file.sync();
            }
        } finally {
            close(names);
        }
    }

    /** The file behind {@code /dev/fdset/N}: QEMU wants it open to read, and to write another one for both. */
    Path inSet(String file, boolean isWritable) throws IOException {
        Path toRead = inSet(file, READ);
        return isWritable ? inSet(file, BOTH) : toRead;
    }

    private Path inSet(String file, int access) throws IOException {
        List<Held> set = sets.get(number(file));
        if (set == null) {
            throw refused(file, access, Errno.ENOENT);
        }
        for (Held held : set) {
            if (held.file.access() == access) {
                return held.file.path();
            }
        }
        throw refused(file, access, Errno.EACCES);
    }

    /** Told at once and not, as what the file itself refuses, after a job has come and gone. */
    private static FailedOpen refused(String file, int access, Errno errno) {
        return new FailedOpen(Errno.EINVAL, "Could not dup FD for " + file + " flags " + access + ": " + errno.text());
    }

    private static long number(String file) {
        try {
            return Long.parseLong(file.substring(SET.length()));
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    void closeAll() {
        forgetWaiting();
        close(List.copyOf(named.keySet()));
        sets.values().forEach(set -> set.forEach(held -> held.file.close()));
        sets.clear();
    }
}
