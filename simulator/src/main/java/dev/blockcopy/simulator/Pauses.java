package dev.blockcopy.simulator;

import dev.blockcopy.model.qmp.QmpCodec;
import dev.blockcopy.model.qmp.QmpSyntaxException;
import dev.blockcopy.qemufake.journal.Journal;
import java.util.ArrayList;
import java.util.List;

/** How long a guest was paused, as QEMU's side of the wire tells: from a {@code stop} to the next {@code cont}. */
final class Pauses {
    private Pauses() {}

    /** In milliseconds, in the order in which they were. */
    static List<Double> millis(List<Journal.Entry> entries) {
        List<Double> pauses = new ArrayList<>();
        long since = -1;
        for (Journal.Entry entry : entries) {
            String command = commandOf(entry);
            if (command.equals("stop") && since < 0) {
                since = entry.atMicros();
            } else if (command.equals("cont") && since >= 0) {
                pauses.add((entry.atMicros() - since) / 1000.0);
                since = -1;
            }
        }
        return pauses;
    }

    /** The command that a line is, or empty. */
    static String commandOf(Journal.Entry entry) {
        if (entry.kind() != Journal.Kind.RECEIVED) {
            return "";
        }
        try {
            return QmpCodec.decodeRequest(entry.text()).execute();
        } catch (QmpSyntaxException e) {
            return "";
        }
    }
}
