package dev.blockcopy.model.lifecycle;

import dev.blockcopy.model.Valuation;

/** Jobs as they stand in one state or another. */
final class Jobs {
    private Jobs() {}

    /** A job in a state, with a session; behind a passing state stands the first that may. */
    static Valuation in(JobState state) {
        return in(state, Lifecycle.TABLE.anchorsOf(state).iterator().next());
    }

    /** A job in a state, with a session and another state behind it. */
    static Valuation in(JobState state, JobState behind) {
        return Facts.LAYOUT
                .initial()
                .with(Facts.STATE, state)
                .with(Facts.JOURNAL, behind)
                .with(Facts.ONLINE, true);
    }
}
