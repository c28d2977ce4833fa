package dev.blockcopy.qemufake;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * {@code transaction}: all actions are prepared, then all are carried out, or none is. QEMU 7.2 has no action of a
 * mirror.
 */
final class TransactionCommand {
    private static final String TYPES = "abort|block-dirty-bitmap-add|block-dirty-bitmap-remove"
            + "|block-dirty-bitmap-clear|block-dirty-bitmap-enable|block-dirty-bitmap-disable|block-dirty-bitmap-merge"
            + "|blockdev-backup|blockdev-snapshot|blockdev-snapshot-internal-sync|blockdev-snapshot-sync|drive-backup";
    private static final Signature ACTION = Signature.of("type " + TYPES + " data any");
    private static final Signature PROPERTIES = Signature.of("completion-mode? individual|grouped");

    private TransactionCommand() {}

    static void addTo(Map<String, Command> table) {
        table.put(
                "transaction",
                Command.of(
                        "actions list properties? any",
                        (q, arguments) -> work(q, actions(arguments)),
                        (q, arguments, result) -> run(q, actions(arguments), result)));
    }

    private static List<TransactionAction> actions(Arguments arguments) {
        List<TransactionAction> actions = new ArrayList<>();
        List<Arguments> read = new ArrayList<>();
        for (Object action : arguments.list("actions")) {
            read.add(ACTION.check(object(action, "actions[" + read.size() + "]"), "actions[" + read.size() + "]."));
        }
        Map<String, Object> properties =
                arguments.has("properties") ? object(arguments.value("properties"), "properties") : Map.of();
        boolean isGrouped = PROPERTIES
                .check(properties, "properties.")
                .text("completion-mode", "individual")
                .equals("grouped");
        for (int i = 0; i < read.size(); i++) {
            String path = "actions[" + i + "].data";
            actions.add(action(read.get(i).text("type"), object(read.get(i).value("data"), path), path, isGrouped));
        }
        return actions;
    }

    private static Map<String, Object> object(Object value, String path) {
        if (!(value instanceof Map<?, ?>)) {
            throw Refused.generic("Invalid parameter type for '%s', expected: object", path);
        }
        return Arguments.members(value);
    }

    private static TransactionAction action(String type, Map<String, Object> data, String path, boolean isGrouped) {
        for (BackupAction.Kind kind : BackupAction.Kind.values()) {
            if (kind.wire().equals(type)) {
                return new BackupAction(kind, kind.signature().check(data, path + "."), isGrouped);
            }
        }
        for (SnapshotAction.Kind kind : SnapshotAction.Kind.values()) {
            if (kind.wire().equals(type)) {
                return new SnapshotAction(kind, kind.signature().check(data, path + "."));
            }
        }
        if (!type.equals("abort")) {
            throw Refused.generic("The fake has no '%s' in a transaction", type);
        }
        Signature.NONE.check(data, path + ".");
        return new TransactionAction.Abort();
    }

    /** Targets are opened in one go; the first action that can't be planned is refused when its turn comes. */
    static HostWork work(QemuState q, List<TransactionAction> actions) {
        List<HostWork> works = new ArrayList<>();
        NodeNames names = q.names.copy();
        for (TransactionAction action : actions) {
            try {
                works.add(action.work(q, names));
            } catch (Refused refused) {
                works.add(HostWork.NONE);
                break;
            }
        }
        return new HostWork.All(works);
    }

    /**
     * The last prepared is undone first. Two grouped jobs are more than QEMU 7.2 can undo: it waits for itself for ever
     * (scenario t39).
     */
    private static void undo(QemuState q, List<TransactionAction> prepared) {
        for (TransactionAction action : prepared) {
            action.abort(q);
            q.isLockedUp = prepared.size() > 1 && action instanceof BackupAction backup && backup.isGrouped();
            if (q.isLockedUp) {
                return;
            }
        }
    }

    /** All disks are drained first, and each action drains its own once more. */
    static Object run(QemuState q, List<TransactionAction> actions, HostResult result) {
        List<HostResult> opened = result instanceof HostResult.All all ? all.results() : List.of();
        q.groups++;
        JobTurns.drain(q);
        List<TransactionAction> prepared = new ArrayList<>();
        try {
            for (TransactionAction action : actions) {
                action.prepare(q, opened.get(prepared.size()));
                prepared.add(0, action);
            }
        } catch (Refused refused) {
            undo(q, prepared);
            throw refused;
        }
        for (int i = prepared.size() - 1; i >= 0; i--) {
            prepared.get(i).commit(q);
        }
        for (int i = prepared.size() - 1; i >= 0; i--) {
            prepared.get(i).clean(q);
        }
        return Map.of();
    }
}
