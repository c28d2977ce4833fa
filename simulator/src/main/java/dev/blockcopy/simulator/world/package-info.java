/**
 * Worlds in which the table of the life cycle meets everything that can happen to it, as programs of the model's
 * language: what is checked here is the very table that ships, against the very rules of the fake QEMU's jobs.
 *
 * <p>A world is five processes: the manager ({@link dev.blockcopy.simulator.world.ManagerSide}, the table), the monitor
 * between it and QEMU ({@link dev.blockcopy.simulator.world.Outside}), QEMU
 * ({@link dev.blockcopy.simulator.world.QemuSide}), the guest, and the faults, each with a budget
 * ({@link dev.blockcopy.simulator.world.Fault}). What is claimed of it are the guarantees
 * ({@link dev.blockcopy.simulator.world.Guarantees}).
 */
package dev.blockcopy.simulator.world;
