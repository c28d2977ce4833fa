package dev.blockcopy.engine;

import dev.blockcopy.model.Valuation;
import dev.blockcopy.model.lifecycle.Decision;
import dev.blockcopy.model.lifecycle.Trigger;
import java.util.List;

/**
 * Who executes the table: Spring Statemachine in production, the table itself in simulations. The two are proven equal.
 *
 * <p>Not for use by several threads at once; each lane has its own.
 */
public interface JobExecutor {
    /** What the trigger means to a job that stands like this. Pure: nothing happens by asking. */
    Decision decide(Valuation job, Trigger trigger);

    /**
     * What is likely to be asked next, each trigger where the one before has led to. It changes no decision; who is slow
     * may make them now.
     */
    default void foresee(Valuation job, List<Trigger> path) {
        // The decision is made when it is asked for.
    }
}
