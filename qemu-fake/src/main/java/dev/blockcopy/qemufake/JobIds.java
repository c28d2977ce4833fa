package dev.blockcopy.qemufake;

import java.util.regex.Pattern;

/** What may be the id of a job. */
final class JobIds {
    private static final Pattern WELL_FORMED = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]*");

    private JobIds() {}

    static boolean isWellFormed(String id) {
        return WELL_FORMED.matcher(id).matches();
    }

    /** A concluded job keeps its id until it is dismissed. */
    static void check(QemuState q, String id) {
        if (!isWellFormed(id)) {
            throw Refused.generic("Invalid job ID '%s'", id);
        }
        if (q.job(id) != null) {
            throw Refused.generic("Job ID '%s' already in use", id);
        }
    }
}
