package dev.blockcopy.engine;

import dev.blockcopy.model.lifecycle.Facts.Copy;

/** The model's words as people say them. */
public final class Words {
    private Words() {}

    /** What a destination is worth. */
    public static String of(Copy copy) {
        return switch (copy) {
            case NONE -> "not to be relied on yet";
            case DISK -> "the guest's disk";
            case POINT_IN_TIME -> "a point-in-time copy";
            case WORTHLESS -> "worthless: the job ended before it was ready";
            case UNKNOWN -> "unknown: it can't be told whether it equals any state of the source";
        };
    }
}
