package dev.blockcopy.simulator.played;

import dev.blockcopy.model.lifecycle.Facts.Outcome;
import dev.blockcopy.model.lifecycle.JobState;
import dev.blockcopy.qemufake.JobPlaces.Side;
import dev.blockcopy.simulator.world.Standing;
import java.util.ArrayList;
import java.util.List;

/**
 * What came of a run that was played.
 *
 * @param said how everything stands in the end, as the run says
 * @param seen how it stood, with the real engine and the fake
 * @param writes how many writes the guest was told that it did
 * @param sourceLacks how many of them the source does not hold
 * @param destinationLacks how many of them the destination does not hold
 * @param isPivotEarly whether a pivot went over the wire for a job that was not ready, or after a cancel
 * @param areOthersLetGo whether the guest was let go after somebody else had paused it
 * @param lines the steps, and what went over the wire in each
 */
public record Played(
        Standing said,
        Standing seen,
        int writes,
        int sourceLacks,
        int destinationLacks,
        boolean isPivotEarly,
        boolean areOthersLetGo,
        List<String> lines) {
    public Played {
        lines = List.copyOf(lines);
    }

    /** Whether the engine and the fake have come to where the run says. */
    public boolean isSame() {
        return said.equals(seen);
    }

    /** What is wrong in the end, by looking at the images and at the fake, and not at the model. */
    public List<String> wrongs() {
        List<String> wrongs = new ArrayList<>();
        boolean namesDestination = seen.outcome() == Outcome.PIVOTED;
        boolean namesSource = seen.outcome() == Outcome.CANCELLED
                || seen.outcome() == Outcome.FAILED
                || seen.state() == JobState.HOSED;
        if (namesDestination && destinationLacks > 0) {
            wrongs.add("S1: the destination is named as the disk, and lacks " + destinationLacks + " of " + writes
                    + " acknowledged writes");
        }
        if (namesSource && sourceLacks > 0) {
            wrongs.add("S1: the source is named as the disk, and lacks " + sourceLacks + " of " + writes
                    + " acknowledged writes");
        }
        if (seen.isQemuAlive() && seen.state().isTerminal() && seen.guestOn() != named(seen.state())) {
            wrongs.add("S2: the job has ended " + seen.state() + ", and the guest is on " + seen.guestOn());
        }
        if (isPivotEarly) {
            wrongs.add("S5: a pivot was told of a job that was not ready, or while a cancel was under way");
        }
        if (areOthersLetGo) {
            wrongs.add("S9: the guest was let go, and it was somebody else who had paused it");
        }
        return wrongs;
    }

    private static Side named(JobState end) {
        return switch (end) {
            case PIVOTED -> Side.TARGET;
            case HOSED -> Side.NONE;
            default -> Side.SOURCE;
        };
    }

    /** For a terminal. */
    public String text() {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line).append('\n'));
        text.append("\nthe run says  ").append(said).append('\n');
        text.append("played        ").append(seen).append('\n');
        text.append(isSame() ? "the same" : "NOT the same").append('\n');
        wrongs().forEach(wrong -> text.append(wrong).append('\n'));
        return text.toString();
    }
}
