package dev.blockcopy.qemufake;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code human-monitor-command}, for the one line that tests use as the guest's write: {@code qemu-io DRIVE "write
 * ..."}.
 *
 * <p>It writes although the guest is stopped, as QEMU's does. What qemu-io prints goes to QEMU's own output and is not
 * in the reply; an error is a text in the reply.
 */
final class HumanMonitor {
    private static final Pattern QEMU_IO = Pattern.compile("\\s*qemu-io\\s+(\\S+)\\s+\"([^\"]*)\"\\s*");
    private static final Pattern WRITE =
            Pattern.compile("\\s*write\\s+(?:-q\\s+)?(?:-P\\s+(\\w+)\\s+|(-z)\\s+)?(\\w+)\\s+(\\w+)\\s*");
    private static final int DEFAULT_PATTERN = 0xCD;

    /** A write that a line asks for. */
    private record Asked(Backend backend, long offset, Payload payload) {}

    private HumanMonitor() {}

    static void addTo(Map<String, Command> table) {
        table.put(
                "human-monitor-command",
                Command.of("command-line str cpu-index? int", HumanMonitor::work, HumanMonitor::run));
    }

    /** The backend that a line would write to: its disk must not be drained. */
    static Optional<Backend> written(QemuState q, Map<String, Object> arguments) {
        return arguments.get("command-line") instanceof String line
                ? asked(q, line).map(Asked::backend)
                : Optional.empty();
    }

    private static HostWork work(QemuState q, Arguments arguments) {
        return asked(q, arguments.text("command-line"))
                .map(asked -> GuestWrites.work(q, asked.backend(), asked.offset(), asked.payload()))
                .orElse(HostWork.NONE);
    }

    private static Object run(QemuState q, Arguments arguments, HostResult result) {
        String line = arguments.text("command-line");
        asked(q, line)
                .ifPresent(asked -> GuestWrites.done(
                        q, asked.backend(), asked.offset(), asked.payload().length(), result));
        Matcher qemuIo = QEMU_IO.matcher(line);
        if (!qemuIo.matches()) {
            return "unknown command: '" + line.trim().split("\\s+")[0] + "'\r\n";
        }
        String device = qemuIo.group(1);
        return q.graph.backend(device) == null && q.graph.node(device) == null
                ? "Error: Cannot find device='' nor node-name='" + device + "'\r\n"
                : "";
    }

    private static Optional<Asked> asked(QemuState q, String line) {
        Matcher qemuIo = QEMU_IO.matcher(line);
        if (!qemuIo.matches()) {
            return Optional.empty();
        }
        Backend backend = q.graph.backend(qemuIo.group(1));
        Matcher write = WRITE.matcher(qemuIo.group(2));
        if (backend == null || !backend.hasMedium() || !write.matches()) {
            return Optional.empty();
        }
        long offset = Sizes.parse(write.group(3));
        long length = Sizes.parse(write.group(4));
        int pattern = write.group(1) != null ? (int) Sizes.parse(write.group(1)) : DEFAULT_PATTERN;
        boolean fits = offset >= 0
                && length > 0
                && offset + length <= q.graph.node(backend.root()).size();
        return fits
                ? Optional.of(new Asked(backend, offset, Payload.pattern(write.group(2) != null ? 0 : pattern, length)))
                : Optional.empty();
    }
}
