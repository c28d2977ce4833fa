package dev.blockcopy.qemufake;

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
