package dev.blockcopy.engine;

import java.util.List;

/**
 * Which image is a domain's disk.
 *
 * @param verdict source, destination or unknown
 * @param image the file of that image; empty if unknown
 * @param evidence what the verdict rests on, a line each
 * @param advice what is safe to do next, a line each
 */
public record Authority(Verdict verdict, String image, List<String> evidence, List<String> advice) {
    /** The three answers. */
    public enum Verdict {
        SOURCE,
        DESTINATION,
        UNKNOWN
    }

    public Authority {
        evidence = List.copyOf(evidence);
        advice = List.copyOf(advice);
    }
}
