package dev.blockcopy.simulator.export;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Names as another language takes them: letters, digits and underscores, and each for one thing only. */
final class Names {
    private final Map<Object, String> given = new HashMap<>();
    private final Set<String> taken;

    Names(Set<String> reserved) {
        taken = new HashSet<>(reserved);
    }

    /** The name of a thing; the same for an equal thing. */
    String of(Object thing, String wish) {
        return given.computeIfAbsent(thing, any -> unique(wish));
    }

    boolean has(Object thing) {
        return given.containsKey(thing);
    }

    private String unique(String wish) {
        String plain = wish.replaceAll("[^A-Za-z0-9_]+", "_")
                .replaceAll("^(?=[0-9_])", "v")
                .replaceAll("_$", "");
        String name = plain;
        for (int i = 2; !taken.add(name); i++) {
            name = plain + "_" + i;
        }
        return name;
    }
}
