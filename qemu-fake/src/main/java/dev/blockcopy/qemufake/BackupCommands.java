package dev.blockcopy.qemufake;

import java.util.List;
import java.util.Map;

/** {@code drive-backup} and {@code blockdev-backup} by themselves: each is a transaction of one. */
final class BackupCommands {
    private BackupCommands() {}

    static void addTo(Map<String, Command> table) {
        for (BackupAction.Kind kind : BackupAction.Kind.values()) {
            table.put(
                    kind.wire(),
                    new Command(
                            kind.signature(),
                            (q, arguments) -> TransactionCommand.work(q, actions(kind, arguments)),
                            (q, arguments, result) -> TransactionCommand.run(q, actions(kind, arguments), result)));
        }
    }

    private static List<TransactionAction> actions(BackupAction.Kind kind, Arguments arguments) {
        return List.of(new BackupAction(kind, arguments, false));
    }
}
