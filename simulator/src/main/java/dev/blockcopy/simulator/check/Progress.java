package dev.blockcopy.simulator.check;

/**
 * How far an exploration has come, or how far it went.
 *
 * @param states how many different states were found
 * @param transitions how many steps lead from those that were expanded
 * @param depth how many steps the farthest state is from a beginning
 * @param queue how many states are not yet expanded
 * @param memoryBytes what states, parents and table take
 * @param nanos time since the beginning
 */
public record Progress(long states, long transitions, int depth, long queue, long memoryBytes, long nanos) {
    public double statesPerSecond() {
        return nanos == 0 ? 0 : states * 1e9 / nanos;
    }

    @Override
    public String toString() {
        return String.format(
                "%,d states, %,d transitions, depth %d, queue %,d, %,.0f states/s, %,d MiB, %.1f s",
                states, transitions, depth, queue, statesPerSecond(), memoryBytes >> 20, nanos / 1e9);
    }
}
