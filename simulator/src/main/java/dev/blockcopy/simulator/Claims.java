package dev.blockcopy.simulator;

import java.util.ArrayList;
import java.util.List;

/** What a run claims, and which of it turned out to be false. Not for several threads. */
final class Claims {
    private final List<String> broken = new ArrayList<>();
    private int made;

    /** Claims something; the text says what should be, for people. */
    void that(boolean holds, String text) {
        made++;
        if (!holds) {
            broken.add(text);
        }
    }

    int made() {
        return made;
    }

    /** The claims that do not hold, in the order in which they were made. */
    List<String> broken() {
        return List.copyOf(broken);
    }

    boolean hold() {
        return broken.isEmpty();
    }
}
