package dev.blockcopy.engine;

import dev.blockcopy.model.lifecycle.CopyEffect;
import dev.blockcopy.model.lifecycle.Trigger;
import dev.blockcopy.model.qmp.QmpCommand;
import dev.blockcopy.model.qmp.QmpEvent;
import dev.blockcopy.model.qmp.QmpReply;
import java.util.List;
import java.util.Optional;

/** How a lane speaks with QEMU about a job: commands for effects, triggers for replies and events. */
interface Speech {
    /** What is sent for an effect, in order; empty where there is nothing to do: that counts as done. */
    List<QmpCommand> commands(CopyEffect effect, CopyJob job);

    /**
     * The one trigger of an effect's replies, given in the order of its commands; empty where they do not tell, and {@link
     * #further} is to be asked.
     */
    Optional<Sighting> answer(CopyEffect effect, LiveJob live, List<QmpReply> replies, long smallBacklogBytes);

    /** What an effect would learn, where it was heard already and a paused guest need not wait for it; empty if not. */
    default Optional<Sighting> known(CopyEffect effect, LiveJob live) {
        return Optional.empty();
    }

    /** What is sent where the answers to all that was sent for an effect do not tell enough. */
    default QmpCommand further(CopyEffect effect) {
        throw new IllegalArgumentException(effect.meaning() + ": nothing else can be asked");
    }

    /** What an event means to a job; empty if nothing. */
    Optional<Trigger> news(QmpEvent event, LiveJob live);

    /** The query that tells how far a job is. */
    QmpCommand progressQuery();

    /** How far a job is, by the reply to that query; empty if it is not in there. */
    Optional<JobProgress> progress(Object value, LiveJob live);

    /**
     * How far a job is.
     *
     * @param offsetBytes copied
     * @param lengthBytes to be copied in all
     * @param saysReady by itself, or by an event that can't have been missed; where not, it counts as ready once it has
     *     caught up
     */
    record JobProgress(long offsetBytes, long lengthBytes, boolean saysReady) {
        private static final int NEARLY = 100;

        /**
         * All is copied; or nearly all, and it comes no nearer than it was: then it only follows what the guest writes,
         * which hardly ever happens to be nothing at the moment of a look.
         */
        boolean hasCaughtUp(long offsetBefore) {
            long behind = lengthBytes - offsetBytes;
            return lengthBytes > 0 && (behind == 0 || behind <= lengthBytes / NEARLY && offsetBytes <= offsetBefore);
        }
    }
}
