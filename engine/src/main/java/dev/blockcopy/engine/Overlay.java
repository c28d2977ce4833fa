package dev.blockcopy.engine;

import dev.blockcopy.model.lifecycle.JobState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What somebody had put on top of the disk's image when the job had ended and QEMU was last asked, as it is found now.
 *
 * <p>As long as it is on top nobody writes to the image below. An image that was written later than what is on top of it
 * had that committed into it, or was having it committed, and no file tells which.
 *
 * @param file as QEMU names it; empty for none
 * @param base the image below
 * @param condition what is found
 */
record Overlay(String file, String base, Condition condition) {
    /** What can be told of it. */
    enum Condition {
        /** Nothing was seen on top. */
        NONE,
        /** It was written last. */
        NEWEST,
        /** The image below was written last. */
        OLDER,
        /** It is not there any more, and the image below is. */
        GONE,
        /** Not to be looked at from here. */
        HIDDEN
    }

    static Overlay of(CopyJob job) {
        String file = job.findings().onTop();
        String base = job.phase() == JobState.PIVOTED
                ? job.spec().destination().path().toString()
                : job.spec().source().file();
        return new Overlay(file, base, file.isEmpty() ? Condition.NONE : look(file, base));
    }

    private static Condition look(String file, String base) {
        if (!file.startsWith("/") || !base.startsWith("/") || !Files.isRegularFile(Path.of(base))) {
            return Condition.HIDDEN;
        }
        if (Files.notExists(Path.of(file))) {
            return Condition.GONE;
        }
        try {
            boolean isOlder =
                    Files.getLastModifiedTime(Path.of(file)).compareTo(Files.getLastModifiedTime(Path.of(base))) < 0;
            return isOlder ? Condition.OLDER : Condition.NEWEST;
        } catch (IOException e) {
            return Condition.HIDDEN;
        }
    }

    /** It has what the guest has written last. */
    boolean holdsTheDisk() {
        return condition == Condition.NEWEST || condition == Condition.HIDDEN;
    }

    /** The file that has what the guest has written last, unless it was {@link Condition#OLDER}. */
    String newest() {
        return holdsTheDisk() ? file : base;
    }
}
