package dev.blockcopy.simulator.crash;

import dev.blockcopy.model.lifecycle.JobState;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Says at each instant whether somebody dies there. Instants lie before each decision, commit, effect, line and call to the
 * file system, in the middle of each commit, and between all that happens meanwhile.
 */
final class Fate {
    private final Deque<Blow> blows;
    private final BiConsumer<Death, String> strike;
    private JobState phase = JobState.REQUESTED;
    private boolean isCounting;
    private int instants;

    /**
     * Nobody has died yet.
     *
     * @param blows one after the other
     * @param strike has the victims die, but for the manager, who learns it from {@link Dead}
     */
    Fate(List<Blow> blows, BiConsumer<Death, String> strike) {
        this.blows = new ArrayDeque<>(blows);
        this.strike = strike;
        count();
    }

    private void count() {
        instants = 0;
        isCounting = !blows.isEmpty()
                && (blows.peek().phase() == phase || blows.peek().phase() == JobState.REQUESTED);
    }

    /** The store knows the job to be in a phase. */
    void reached(JobState reached) {
        phase = reached;
        if (!isCounting) {
            count();
        }
    }

    /** Nothing more comes by itself: who was to die later dies now or never. */
    void atRest() {
        isCounting = !blows.isEmpty();
        instants = isCounting ? Math.max(0, blows.peek().instant() - Trial.STEPS_AFTER) : 0;
    }

    /** An instant has come; its name is asked for if it is the last of somebody. */
    void instant(Supplier<String> where) {
        if (isStruck()) {
            die(where.get());
        }
    }

    /** Whether the blow falls at this instant; then {@link #die} is due. */
    boolean isStruck() {
        return isCounting && ++instants >= blows.peek().instant();
    }

    /** The blow falls. */
    void die(String where) {
        Death death = blows.remove().death();
        count();
        strike.accept(death, where);
        if (death.takesManager()) {
            throw new Dead();
        }
    }
}
