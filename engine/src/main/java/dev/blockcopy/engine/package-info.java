/**
 * Production: copy jobs over a real monitor, with a journal, that survive a crash at any instant.
 *
 * <p>{@link dev.blockcopy.engine.CopyJobs} is the entry. It hands each monitor to one lane
 * ({@link dev.blockcopy.engine.Lane}): one queue, one thread, one owner. A lane turns everything that happens (a request,
 * a reply, an event, a deadline, a lost monitor) into a trigger, asks the table through the port
 * {@link dev.blockcopy.engine.JobExecutor} what that means, makes the step durable in the
 * {@link dev.blockcopy.engine.JobStore}, answers the caller, and only then performs the one effect of the step.
 *
 * <p>Data flow in one direction: event, decision, durable, answer, effect. The outcome of an effect is a new event.
 * Recovery is no second path: a job that is loaded after a crash, or whose monitor was lost, stands in its remembered
 * state and is told that it is connected again; what follows is in the table.
 */
package dev.blockcopy.engine;
