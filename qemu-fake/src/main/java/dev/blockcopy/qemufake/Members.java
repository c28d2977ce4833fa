package dev.blockcopy.qemufake;

import java.util.LinkedHashMap;
import java.util.Map;

/** The members of a JSON object in the order in which they are written. */
final class Members {
    private Members() {}

    /** Names and values in turn. */
    static Map<String, Object> of(Object... namesAndValues) {
        Map<String, Object> members = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            members.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return members;
    }
}
