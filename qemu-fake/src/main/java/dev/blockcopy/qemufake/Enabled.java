package dev.blockcopy.qemufake;

import dev.blockcopy.model.Change;
import dev.blockcopy.model.Guard;
import dev.blockcopy.model.Rule;
import dev.blockcopy.model.Valuation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@link JobHeart} allows in one state of a heart: a rule for each step that is enabled, an answer to each request.
 * Each is looked up once in a process, for jobs come through the same few dozen states again and again; there can't be
 * more than a heart has states. Two threads may look at once: they find the same.
 */
final class Enabled {
    private static final int STEPS = JobStep.values().length;
    private static final int REQUESTS = JobRequest.values().length;
    /** Says that none is enabled; never taken. */
    private static final Rule NONE =
            new Rule("none", Guard.ALWAYS, List.<Change>of(), Optional.empty(), "none is enabled");

    /** Never changed: who adds to it makes a new one. */
    private static volatile Map<Valuation, Enabled> known = Map.of();

    private final Valuation heart;
    private final Rule[] own = new Rule[STEPS];
    private final JobHeart.Answer[] answers = new JobHeart.Answer[REQUESTS];

    private Enabled(Valuation heart) {
        this.heart = heart;
    }

    static Enabled in(Valuation heart) {
        Enabled found = known.get(heart);
        return found == null ? added(heart) : found;
    }

    private static synchronized Enabled added(Valuation heart) {
        Map<Valuation, Enabled> more = new HashMap<>(known);
        Enabled found = more.computeIfAbsent(heart, Enabled::new);
        known = more;
        return found;
    }

    /** The heart, as all share it that are in its state. */
    Valuation heart() {
        return heart;
    }

    /** The rule that is taken of its own accord by a step; null if none is enabled. */
    Rule own(JobStep step) {
        Rule rule = own[step.ordinal()];
        if (rule == null) {
            rule = firstOwn(step);
            own[step.ordinal()] = rule;
        }
        return rule == NONE ? null : rule;
    }

    private Rule firstOwn(JobStep step) {
        for (Rule rule : JobHeart.OWN.getOrDefault(step, List.of())) {
            if (heart.satisfies(rule.when())) {
                return rule;
            }
        }
        return NONE;
    }

    JobHeart.Answer answerTo(JobRequest request) {
        JobHeart.Answer answer = answers[request.ordinal()];
        if (answer == null) {
            answer = firstAnswer(request);
            answers[request.ordinal()] = answer;
        }
        return answer;
    }

    private JobHeart.Answer firstAnswer(JobRequest request) {
        for (JobHeart.Answer candidate : JobHeart.ANSWERS.get(request)) {
            if (heart.satisfies(candidate.rule().when())) {
                return candidate;
            }
        }
        throw new IllegalStateException(request + ": " + heart);
    }
}
