/**
 * Hundreds of thousands of crashes in one thread: the engine's own lane and the fake QEMU talk QMP with one another, and all
 * that happens, when, and who dies of it is told by a number.
 *
 * <p>{@link dev.blockcopy.simulator.crash.Simulation} goes through trials. In a {@link dev.blockcopy.simulator.crash.Trial}
 * there is a {@link dev.blockcopy.simulator.crash.World} of one host: its files, a QEMU with a guest that writes, the store,
 * and a lane. Chance picks what moves next, and {@link dev.blockcopy.simulator.crash.Fate} is asked at each instant between
 * two effects, commits and calls whether anybody dies there: the manager, QEMU, both, or the host, whose power goes. Another
 * lane takes over from what is left, and the {@link dev.blockcopy.simulator.crash.Judge} compares what it names with what
 * the guest was told.
 */
package dev.blockcopy.simulator.crash;
