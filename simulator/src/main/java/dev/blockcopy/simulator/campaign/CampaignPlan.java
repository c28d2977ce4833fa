package dev.blockcopy.simulator.campaign;

import dev.blockcopy.simulator.live.EngineProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * What a campaign does. Immutable.
 *
 * @param victim who is killed
 * @param end how the copies are to end
 * @param isSealed whether the guest is paused around a pivot, as it is by default
 * @param first the number of the first trial
 * @param trials how many
 * @param seed tells, with the number of a trial, all that is random in it
 * @param guests how many guests are copied at a time
 * @param dir where images, stores and monitors are, its own
 */
public record CampaignPlan(
        Victim victim, End end, boolean isSealed, int first, int trials, long seed, int guests, Path dir) {

    /**
     * Who plays in it, and when the blow falls; in a test an engine may have a bug.
     *
     * @param struck the main class of the engine that is struck, and words before those of {@code blockcopy}
     * @param recovery the engine that takes over
     * @param blows the blow of a trial, told by random numbers
     */
    record Cast(List<String> struck, Recovery recovery, Function<SplittableRandom, Blow> blows) {
        Cast {
            struck = List.copyOf(struck);
        }
    }

    /** Engines as they ship, and blows at any instant of a copy. */
    Cast standardCast() {
        return new Cast(List.of(EngineProcess.BLOCKCOPY), Recovery.standard(), random -> Blow.of(end, random));
    }

    /** The words that repeat one trial of it. */
    String commandOf(int trial) {
        return "blockcopy-sim campaign " + victim.name().toLowerCase(Locale.ROOT) + "-killed"
                + (end == End.PIVOT ? "" : " --end finish") + (isSealed ? "" : " --no-pause") + " --seed " + seed
                + " --first " + trial + " --trials 1";
    }
}
