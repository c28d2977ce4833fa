package dev.blockcopy.qemufake;

import dev.blockcopy.model.qmp.RunState;
import java.util.List;
import java.util.Map;

/** Descriptors that a client has sent beside its lines get names, and lose them (transcript p12). */
final class DescriptorCommands {
    private static final Map<String, Object> EMPTY = Map.of();

    private DescriptorCommands() {}

    static void addTo(Map<String, Command> table) {
        table.put("getfd", Command.of("fdname str", DescriptorCommands::receive, DescriptorCommands::get));
        table.put("closefd", Command.of("fdname str", DescriptorCommands::forget, DescriptorCommands::close));
    }

    /** Descriptor sets came with QEMU 1.2, named descriptors with 0.14. */
    static void addSetsTo(Map<String, Command> table) {
        table.put(
                "add-fd",
                Command.of("fdset-id? int opaque? str", DescriptorCommands::receiveIntoSet, (q, given, result) -> {
                    if (result instanceof HostResult.Failed failed) {
                        throw Refused.generic("%s", failed.text());
                    }
                    long set = set(q, given);
                    q.sets.add(set, ((HostResult.Numbered) result).number(), given.text("opaque"));
                    return Members.of("fd", (long) ((HostResult.Numbered) result).number(), "fdset-id", set);
                }));
        table.put(
                "remove-fd",
                Command.of("fdset-id int fd? int", DescriptorCommands::closeRemoved, (q, given, result) -> {
                    remove(q, given);
                    return EMPTY;
                }));
        table.put("query-fdsets", Command.of("", (q, given) -> q.sets.members()));
    }

    private static HostWork receiveIntoSet(QemuState q, Arguments arguments) {
        return new HostWork.AddToSet(set(q, arguments));
    }

    private static long set(QemuState q, Arguments arguments) {
        long set = arguments.number("fdset-id", q.sets.firstFree());
        if (set < 0) {
            throw Refused.generic("Parameter 'fdset-id' expects a non-negative value");
        }
        return set;
    }

    /** What is removed is closed while the guest runs, and kept until then (QEMU 7.2 {@code monitor_fdset_cleanup}). */
    private static HostWork closeRemoved(QemuState q, Arguments arguments) {
        QemuState then = q.copy();
        remove(then, arguments);
        long set = arguments.number("fdset-id", 0);
        return new HostWork.CloseInSet(set, q.sets.goneIn(set, then.sets));
    }

    private static void remove(QemuState q, Arguments arguments) {
        long set = arguments.number("fdset-id", 0);
        Long number = arguments.has("fd") ? Long.valueOf(arguments.number("fd", 0)) : null;
        if (!q.sets.remove(set, number)) {
            String wanted = "fdset-id:" + set + (number == null ? "" : ", fd:" + number);
            throw Refused.generic("File descriptor named '%s' not found", wanted);
        }
        if (q.run == RunState.RUNNING) {
            q.sets.sweep(set);
        }
    }

    private static HostWork receive(QemuState q, Arguments arguments) {
        return new HostWork.NameDescriptor(arguments.text("fdname"));
    }

    private static Object get(QemuState q, Arguments arguments, HostResult result) {
        String name = arguments.text("fdname");
        if (result instanceof HostResult.Failed failed) {
            throw Refused.generic("%s", failed.text());
        }
        if (!name.isEmpty() && Character.isDigit(name.charAt(0))) {
            throw Refused.generic("Parameter 'fdname' expects a name not starting with a digit");
        }
        q.descriptors.add(name);
        return EMPTY;
    }

    private static HostWork forget(QemuState q, Arguments arguments) {
        String name = arguments.text("fdname");
        return q.descriptors.contains(name) ? new HostWork.CloseDescriptors(List.of(name)) : HostWork.NONE;
    }

    private static Object close(QemuState q, Arguments arguments, HostResult result) {
        if (!q.descriptors.remove(arguments.text("fdname"))) {
            throw notFound(q, arguments.text("fdname"));
        }
        return EMPTY;
    }

    static Refused notFound(QemuState q, String name) {
        return Refused.of(
                q.dialect.isOf2012() ? "FdNotFound" : Refused.GENERIC,
                "File descriptor named '" + name + "' not found");
    }
}
