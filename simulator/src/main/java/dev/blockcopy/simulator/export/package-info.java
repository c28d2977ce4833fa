/**
 * A question in the languages of other checkers, so that somebody independent counts the same states.
 *
 * <p>What is written is the world as it is declared, with its names: a process for a process, a step for a rule.
 * {@link dev.blockcopy.simulator.export.Promela} is for SPIN, {@link dev.blockcopy.simulator.export.Tla} for TLC.
 */
package dev.blockcopy.simulator.export;
