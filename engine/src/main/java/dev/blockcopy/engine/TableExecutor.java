package dev.blockcopy.engine;

import dev.blockcopy.model.Valuation;
import dev.blockcopy.model.lifecycle.Decision;
import dev.blockcopy.model.lifecycle.Lifecycle;
import dev.blockcopy.model.lifecycle.Trigger;

/** Asks the table itself. */
public final class TableExecutor implements JobExecutor {
    @Override
    public Decision decide(Valuation job, Trigger trigger) {
        return Lifecycle.TABLE.decide(job, trigger);
    }
}
