package dev.blockcopy.simulator.world;

import dev.blockcopy.model.Valuation;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.JobState;
import dev.blockcopy.model.qmp.JobStatus;
import dev.blockcopy.qemufake.JobPlaces;
import java.util.List;

/**
 * How everything stands in a world, as far as it can be seen elsewhere too.
 *
 * @param state where the manager's job stands
 * @param journal where it stands as far as it is remembered
 * @param outcome how it ends
 * @param copy what the destination is worth
 * @param isQemuAlive whether the job's QEMU lives
 * @param status of the job in QEMU
 * @param guestOn which image the guest writes to; none for a dead QEMU
 * @param isGuestRunning whether the guest runs
 * @param sourceLacks whether an acknowledged write is not in the source
 * @param destinationLacks whether one is not in the destination
 */
public record Standing(
        JobState state,
        JobState journal,
        Facts.Outcome outcome,
        Facts.Copy copy,
        boolean isQemuAlive,
        JobStatus status,
        JobPlaces.Side guestOn,
        boolean isGuestRunning,
        boolean sourceLacks,
        boolean destinationLacks) {
    static Standing of(Valuation world) {
        boolean isAlive = List.of(Outside.Life.ALIVE, Outside.Life.ELSEWHERE).contains(world.get(Outside.LIFE));
        return new Standing(
                world.get(Facts.STATE),
                world.get(Facts.JOURNAL),
                world.get(Facts.OUTCOME),
                world.get(Facts.COPY),
                isAlive,
                isAlive ? world.get(JobPlaces.STATUS) : JobStatus.NULL,
                isAlive ? world.get(JobPlaces.GUEST_ON) : JobPlaces.Side.NONE,
                isAlive && world.get(Outside.GUEST) == Outside.Run.RUNS,
                world.get(Outside.SOURCE_LACKS),
                world.get(Outside.DESTINATION_LACKS));
    }

    /** One line for people. */
    @Override
    public String toString() {
        String job = state
                + (state == journal ? "" : ", journal " + journal)
                + (outcome == Facts.Outcome.NONE ? "" : ", outcome " + outcome)
                + (copy == Facts.Copy.NONE ? "" : ", copy " + copy);
        String qemu = isQemuAlive
                ? (status == JobStatus.NULL ? "no job" : "job " + status.wire()) + ", guest "
                        + (isGuestRunning ? "runs" : "paused") + " on " + guestOn
                : "QEMU dead";
        String images = sourceLacks && destinationLacks
                ? "both images lack writes"
                : sourceLacks
                        ? "the source lacks writes"
                        : destinationLacks ? "the destination lacks writes" : "both images hold all";
        return job + "; " + qemu + "; " + images;
    }
}
