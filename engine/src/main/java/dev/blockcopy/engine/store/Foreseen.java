package dev.blockcopy.engine.store;

import dev.blockcopy.engine.CopyJob;
import dev.blockcopy.engine.JournalLine;
import java.util.List;

/** A step that was written in a transaction which is still open, since it is not known yet whether it will be taken. */
record Foreseen(CopyJob job, List<JournalLine> lines) {
    /** Whether this is what is to be saved now, whenever its lines were written. */
    boolean is(CopyJob other, List<JournalLine> otherLines) {
        boolean isSame = job.equals(other) && lines.size() == otherLines.size();
        for (int i = 0; isSame && i < lines.size(); i++) {
            isSame = lines.get(i).tellsOfTheSameAs(otherLines.get(i));
        }
        return isSame;
    }
}
