package dev.blockcopy.engine;

import dev.blockcopy.model.Valuation;
import dev.blockcopy.model.lifecycle.Decision;
import dev.blockcopy.model.lifecycle.Trigger;

/**
 * Who executes the table: Spring Statemachine in production, the table itself in simulations. The two are proven equal.
 *
 * <p>Not for use by several threads at once; each lane has its own.
 */
public interface JobExecutor {
    /** What the trigger means to a job that stands like this. Pure: nothing happens by asking. */
    Decision decide(Valuation job, Trigger trigger);
}
