/**
 * The exhaustive checker: every state that a world of the model's language can come to, and what is true of all of them.
 *
 * <p>A {@link dev.blockcopy.simulator.check.Question} is a composition, the states in which it may begin, and
 * {@link dev.blockcopy.simulator.check.Property properties}; {@link dev.blockcopy.simulator.check.Checker} answers it
 * breadth first, so that the {@link dev.blockcopy.simulator.check.Trace} to a violation is a shortest one. Nothing is
 * known here of disks and jobs: everything is a value of {@link dev.blockcopy.model}.
 */
package dev.blockcopy.simulator.check;
