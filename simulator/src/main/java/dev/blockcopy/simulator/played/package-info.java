/**
 * A run that the checker found, played once more by the real engine and the fake QEMU, over the bytes of QMP.
 *
 * <p>The {@link dev.blockcopy.simulator.world.Script} says who does what and when; {@link dev.blockcopy.simulator.played.Player}
 * is who makes each step happen: a line that is heard, a commit, a crash between a commit and its effect, a step of a job, a
 * write of the guest. In the end both are compared: how the job stands, where the guest is, which image holds its writes.
 */
package dev.blockcopy.simulator.played;
