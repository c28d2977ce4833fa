package dev.blockcopy.simulator.crash;

import dev.blockcopy.model.lifecycle.JobState;

/**
 * When somebody dies: so many instants after the store first knew the job to be in a phase.
 *
 * @param phase from where it is counted; REQUESTED from the very beginning
 * @param instant which one, from 1
 * @param death who dies
 */
record Blow(JobState phase, int instant, Death death) {
    @Override
    public String toString() {
        return death + " at instant " + instant + " of " + phase;
    }
}
