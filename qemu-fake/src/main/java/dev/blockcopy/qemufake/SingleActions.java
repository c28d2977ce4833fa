package dev.blockcopy.qemufake;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Commands that are a transaction of one action. */
final class SingleActions {
    private SingleActions() {}

    static void addTo(Map<String, Command> table) {
        for (BackupAction.Kind kind : BackupAction.Kind.values()) {
            table.put(kind.wire(), command(kind.signature(), given -> new BackupAction(kind, given, false)));
        }
        for (SnapshotAction.Kind kind : SnapshotAction.Kind.values()) {
            table.put(kind.wire(), command(kind.signature(), given -> new SnapshotAction(kind, given)));
        }
    }

    private static Command command(Signature signature, Function<Arguments, TransactionAction> action) {
        return new Command(
                signature,
                (q, arguments) -> TransactionCommand.work(q, List.of(action.apply(arguments))),
                (q, arguments, result) -> TransactionCommand.run(q, List.of(action.apply(arguments)), result));
    }
}
