package dev.blockcopy.qemufake;

import dev.blockcopy.model.Change;
import dev.blockcopy.model.Guard;
import dev.blockcopy.model.Rule;
import dev.blockcopy.model.Valuation;
import java.util.List;
import java.util.Optional;

/**
 * What a job does of its own accord while its heart is the same: a rule for each step that is enabled. Each is looked up
 * once at most, for it is asked far more often than the heart changes. Two threads may look at once: they find the same.
 */
final class OwnRules {
    private static final int STEPS = JobStep.values().length;
    /** Says that none is enabled; never taken. */
    private static final Rule NONE =
            new Rule("none", Guard.ALWAYS, List.<Change>of(), Optional.empty(), "none is enabled");

    private final Valuation heart;
    private final Rule[] found = new Rule[STEPS];

    OwnRules(Valuation heart) {
        this.heart = heart;
    }

    boolean areOf(Valuation other) {
        return heart == other;
    }

    /** Null if none is enabled. */
    Rule of(JobStep step) {
        Rule rule = found[step.ordinal()];
        if (rule == null) {
            rule = lookUp(step);
            found[step.ordinal()] = rule;
        }
        return rule == NONE ? null : rule;
    }

    private Rule lookUp(JobStep step) {
        for (Rule rule : JobHeart.OWN.getOrDefault(step, List.of())) {
            if (heart.satisfies(rule.when())) {
                return rule;
            }
        }
        return NONE;
    }
}
