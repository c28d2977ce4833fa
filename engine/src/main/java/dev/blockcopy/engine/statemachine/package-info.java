/**
 * The table, executed by Spring Statemachine; the only package that knows of Spring.
 *
 * <p>{@link dev.blockcopy.engine.statemachine.StatemachineExecutor} is the entry, behind the port
 * {@link dev.blockcopy.engine.JobExecutor}. {@code StatemachineModel} turns the rows of the table into Spring's
 * configuration data, so nobody writes the life cycle a second time; {@code LaneMachine} is one machine made of them.
 * Guards and actions are pure, nothing listens, and what Spring says is believed only where the table agrees.
 */
package dev.blockcopy.engine.statemachine;
