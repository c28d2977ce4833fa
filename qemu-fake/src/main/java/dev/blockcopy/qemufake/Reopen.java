package dev.blockcopy.qemufake;

import dev.blockcopy.model.Layout;
import dev.blockcopy.model.Slot;
import dev.blockcopy.model.Valuation;
import dev.blockcopy.model.qmp.JobStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A reopen under way: of one disk alone, or of several in a transaction. */
final class Reopen {
    /** One disk of it. */
    static final class Action {
        private static final Valuation INITIAL = new Layout(ReopenPlaces.ALL).initial();

        final String device;
        final String newFile;
        final String format;
        /** The descriptor's name; null for no witness. */
        final String witness;
        /** What the image in use was opened as: it is all that is left to fall back by. */
        final NodePlan old;

        /** What {@link ReopenHeart} remembers, with what {@link JobHeart} remembers of the mirror. */
        Valuation heart;
        /** The node of the new image; null while it is not open. */
        String node;

        Action(String device, String newFile, String format, String witness, NodePlan old, boolean isAtomic) {
            this.device = device;
            this.newFile = newFile;
            this.format = format;
            this.witness = witness;
            this.old = old;
            this.heart = INITIAL.with(ReopenPlaces.ATOMIC, isAtomic)
                    .with(JobPlaces.STATUS, JobStatus.NULL)
                    .with(
                            ReopenPlaces.WITNESS,
                            witness == null ? ReopenPlaces.Witness.NONE : ReopenPlaces.Witness.EMPTY);
        }

        Action copy() {
            Action copy = new Action(device, newFile, format, witness, old, heart.get(ReopenPlaces.ATOMIC));
            copy.heart = heart;
            copy.node = node;
            return copy;
        }

        ReopenStep next() {
            return heart.get(ReopenPlaces.NEXT);
        }

        ReopenPlaces.Verdict verdict() {
            return heart.get(ReopenPlaces.VERDICT);
        }

        /** The heart with what has become of the mirror; null for one that is gone. */
        Valuation beside(Job job) {
            Valuation seen = heart;
            if (job != null) {
                for (Slot<?> slot : JobPlaces.SLOTS) {
                    seen = copied(slot, job.heart, seen);
                }
            }
            return seen;
        }

        /** Tells the mirror what the reopen has asked of it. */
        void lead(Job job) {
            job.heart = copied(JobPlaces.STATUS, heart, job.heart);
            job.heart = copied(JobPlaces.PAUSED, heart, job.heart);
            job.heart = copied(JobPlaces.ASKED, heart, job.heart);
        }

        private static <V> Valuation copied(Slot<V> slot, Valuation from, Valuation to) {
            return to.with(slot, from.get(slot));
        }
    }

    /** Who is to be answered, if the client that asked is still there. */
    final int monitor;

    private final Monitor.Pending command;
    final List<Action> actions;

    Reopen(int monitor, Monitor.Pending command, List<Action> actions) {
        this.monitor = monitor;
        this.command = command;
        this.actions = List.copyOf(actions);
    }

    Reopen copy() {
        return new Reopen(monitor, command, actions.stream().map(Action::copy).toList());
    }

    boolean isWaitedFor(Monitor asking) {
        return asking.waiting.peek() == command;
    }

    /** All new images are opened before the first mirror drains, and so on: the one that is least far. */
    Action current() {
        return failed() != null
                ? failed()
                : actions.stream().min(Comparator.comparing(Action::next)).orElseThrow();
    }

    /** The first one that has failed: nothing more is done then. */
    Action failed() {
        return actions.stream()
                .filter(action -> action.verdict() != ReopenPlaces.Verdict.OPEN
                        && action.verdict() != ReopenPlaces.Verdict.SWITCHED)
                .findFirst()
                .orElse(null);
    }

    Action of(String device) {
        return actions.stream()
                .filter(action -> action.device.equals(device))
                .findFirst()
                .orElse(null);
    }

    List<String> witnesses() {
        List<String> witnesses = new ArrayList<>();
        actions.stream().filter(action -> action.witness != null).forEach(action -> witnesses.add(action.witness));
        return witnesses;
    }

    Set<String> heldNodes() {
        Set<String> held = new HashSet<>();
        actions.stream().filter(action -> action.node != null).forEach(action -> held.add(action.node));
        return held;
    }
}
