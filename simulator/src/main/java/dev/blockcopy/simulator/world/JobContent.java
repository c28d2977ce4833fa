package dev.blockcopy.simulator.world;

import static dev.blockcopy.qemufake.JobPlaces.BEHIND;
import static dev.blockcopy.qemufake.JobPlaces.STATUS;

import dev.blockcopy.model.Change;
import dev.blockcopy.model.Rule;
import dev.blockcopy.model.Slot;
import dev.blockcopy.model.Term;
import dev.blockcopy.model.Type;
import dev.blockcopy.model.lifecycle.Trigger;
import dev.blockcopy.model.qmp.JobStatus;
import dev.blockcopy.qemufake.Telling;
import java.util.ArrayList;
import java.util.List;

/** What a step of a job in QEMU means for the images and for whoever listens. */
final class JobContent {
    private JobContent() {}

    /** The step's own changes, and what they are to the images: carried over, ready, or ended. */
    static List<Change> withContent(Rule step) {
        List<Change> changes = new ArrayList<>(step.changes());
        if (changes.contains(BEHIND.becomes(false))) {
            changes.add(Outside.DESTINATION_LACKS.becomes(false));
        }
        if (changes.contains(STATUS.becomes(JobStatus.READY))) {
            changes.add(History.EVER_READY.becomes(true));
        }
        if (changes.contains(STATUS.becomes(JobStatus.CONCLUDED)) || changes.contains(STATUS.becomes(JobStatus.NULL))) {
            changes.add(History.EQUAL_AT_END.becomes(Term.choose(
                    STATUS.is(JobStatus.CONCLUDED),
                    History.EQUAL_AT_END,
                    Term.choose(
                            Outside.DESTINATION_LACKS.is(false),
                            Term.constant(Type.BOOLEAN, true),
                            Term.constant(Type.BOOLEAN, false)))));
            if (!assigns(changes, BEHIND)) {
                changes.add(BEHIND.becomes(true));
            }
        }
        return changes;
    }

    private static boolean assigns(List<Change> changes, Slot<?> slot) {
        return changes.stream()
                .anyMatch(change -> change instanceof Change.Assign<?> assign
                        && assign.slot().equals(slot));
    }

    /** The news of it, as the engine hears it: JOB_STATUS_CHANGE, and BLOCK_JOB_PENDING where it is finalized by hand. */
    static List<Trigger> eventsOf(Rule step) {
        List<Trigger> events = new ArrayList<>();
        step.effect().ifPresent(effect -> {
            for (String line : ((Telling) effect).lines()) {
                switch (line) {
                    case "ready" -> events.add(Trigger.READY);
                    case "PENDING" -> events.add(Trigger.PENDING);
                    case "concluded", "null" -> events.add(Trigger.ENDED);
                    default -> {}
                }
            }
        });
        return events.stream().distinct().toList();
    }
}
