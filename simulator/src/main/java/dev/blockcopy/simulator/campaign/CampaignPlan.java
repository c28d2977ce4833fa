package dev.blockcopy.simulator.campaign;

import dev.blockcopy.simulator.live.EngineProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What a campaign does. Immutable.
 *
 * @param victim who is killed
 * @param end how the copies are to end
 * @param isAtBoundaries whether it strikes at the boundaries between effects, in their order, instead of at random
 * @param around what is done with the guest around a pivot
 * @param disks how many disks a guest has; all are copied by one engine, and pivoted in one pause
 * @param first the number of the first trial
 * @param trials how many
 * @param seed tells, with the number of a trial, all that is random in it
 * @param guests how many guests are copied at a time
 * @param dir where images, stores and monitors are, its own
 */
public record CampaignPlan(
        Victim victim,
        End end,
        boolean isAtBoundaries,
        Around around,
        int disks,
        int first,
        int trials,
        long seed,
        int guests,
        Path dir) {

    /**
     * Who plays in it, and when the blow falls; in a test an engine may have a bug.
     *
     * @param struck the main class of the engine that is struck, and words before those of {@code blockcopy}
     * @param recovery the engine that takes over
     * @param blows the blow of each trial
     */
    record Cast(List<String> struck, Recovery recovery, Blows blows) {
        Cast {
            struck = List.copyOf(struck);
        }
    }

    /** When the blow of a trial falls: told by its number and by random numbers. */
    interface Blows {
        Blow of(int trial, SplittableRandom random);
    }

    /** Engines as they ship, and blows at any instant of a copy. */
    Cast standardCast() {
        String engine = disks == 1 ? EngineProcess.BLOCKCOPY : AllDisks.class.getName();
        return new Cast(List.of(engine), Recovery.standard(), blows());
    }

    private Blows blows() {
        return isAtBoundaries
                ? (trial, random) -> Blow.atBoundary(end, around, trial)
                : (trial, random) -> Blow.of(end, random);
    }

    /** The words that repeat one trial of it. */
    String commandOf(int trial) {
        return "blockcopy-sim " + words() + " --first " + trial + " --trials 1";
    }

    /** Its own words, but for the number of its trials. */
    String words() {
        return "campaign " + victim
                + (end == End.PIVOT ? "" : " --end " + end) + (isAtBoundaries ? " --at-boundaries" : "")
                + (around == Around.PAUSED ? "" : " " + around.option())
                + (disks == 1 ? "" : " --disks " + disks) + " --seed " + seed;
    }
}
