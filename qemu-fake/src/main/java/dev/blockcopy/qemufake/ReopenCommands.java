package dev.blockcopy.qemufake;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code drive-reopen} by itself, and with {@code block-job-cancel} inside a {@code transaction}. */
final class ReopenCommands {
    private static final String BLOCK_JOB_CANCEL = "block-job-cancel";
    private static final String DRIVE_REOPEN = "drive-reopen";
    private static final Signature REOPEN = Signature.of("device str new-image-file str format? str witness? str");
    private static final Signature CANCEL = Signature.of("device str");
    private static final Signature ACTION = Signature.of("type block-job-cancel|drive-reopen")
            .oneOf("type", Map.of(BLOCK_JOB_CANCEL, dataOf(CANCEL), DRIVE_REOPEN, dataOf(REOPEN)));
    private static final Set<String> FORMATS = Set.of("raw", "qcow2");

    /** Says that a reopen is under way, and that the answer comes with its end. */
    static final Object LATER = new Object();

    private ReopenCommands() {}

    static Command alone() {
        return new Command(REOPEN, (q, arguments) -> HostWork.NONE, (q, arguments, result) -> reopen(q, arguments));
    }

    private static Object reopen(QemuState q, Arguments arguments) {
        ReopenTurns.begin(q, reopen(q, List.of(action(q, arguments, false))));
        return LATER;
    }

    private static Reopen reopen(QemuState q, List<Reopen.Action> actions) {
        return new Reopen(q.serving, q.monitors.get(q.serving).waiting.peek(), actions);
    }

    private static Reopen.Action action(QemuState q, Arguments arguments, boolean isAtomic) {
        String witness = arguments.text("witness");
        if (witness != null && !q.descriptors.contains(witness)) {
            throw DescriptorCommands.notFound(q, witness);
        }
        String device = arguments.text("device");
        Node old =
                q.graph.belowFilters(q.graph.node(OldCommands.backend(q, device).root()));
        return new Reopen.Action(
                device,
                arguments.text("new-image-file"),
                arguments.text("format", old.driver().wire()),
                witness,
                planOf(q, old),
                isAtomic);
    }

    private static NodePlan planOf(QemuState q, Node old) {
        NodePlan file = NodePlan.file(q.graph.filename(old), NodeOptions.HIDDEN, null);
        return NodePlan.above(file, null, old.driver(), NodeOptions.HIDDEN, false);
    }

    /** Neither a format nor a protocol that this QEMU knows. */
    static boolean isUnknown(Reopen.Action action) {
        return !FORMATS.contains(action.format) || action.newFile.matches("[a-z0-9]+:(?!//?/).*");
    }

    private static Signature dataOf(Signature action) {
        return Signature.of("data any").where("data", action);
    }

    static Command inTransaction() {
        return new Command(
                Signature.of("actions list").where("actions", ACTION),
                (q, arguments) -> HostWork.NONE,
                (q, arguments, result) -> transaction(q, arguments.list("actions")));
    }

    private static Object transaction(QemuState q, List<?> actions) {
        List<Reopen.Action> reopens = new ArrayList<>();
        Set<String> cancelled = new LinkedHashSet<>();
        for (Object each : actions) {
            Map<String, Object> action = Arguments.members(each);
            Arguments data = new Arguments(Arguments.members(action.get("data")));
            if (action.get("type").equals(DRIVE_REOPEN)) {
                reopens.add(action(q, data, true));
            } else {
                cancelled.add(data.text("device"));
            }
        }
        checkJobs(q, reopens, cancelled);
        if (reopens.isEmpty()) {
            return Map.of();
        }
        ReopenTurns.begin(q, reopen(q, reopens));
        return LATER;
    }

    /** A cancel here belongs to a reopen, and a reopen to the cancel of its mirror: it is never done without one. */
    private static void checkJobs(QemuState q, List<Reopen.Action> reopens, Set<String> cancelled) {
        for (Reopen.Action reopen : reopens) {
            if (!cancelled.contains(reopen.device)) {
                throw OldErrors.inUse(q, reopen.device);
            }
        }
        for (String device : cancelled) {
            OldCommands.backend(q, device);
            if (q.job(device) == null) {
                throw OldErrors.notActive(device);
            }
            if (reopens.stream().noneMatch(reopen -> reopen.device.equals(device))) {
                throw Refused.generic("A block-job-cancel in a transaction needs the drive-reopen of '%s'", device);
            }
        }
    }
}
