package dev.blockcopy.model;

/**
 * Why an effect may come twice, or how its first coming is known.
 *
 * @param rule which of the two
 * @param because the sentence that argues it
 */
public record Repeat(Rule rule, String because) {
    /** The two ways in which an effect survives a crash of its author. */
    public enum Rule {
        /** Doing it again changes nothing that matters. */
        HARMLESS,
        /** Whether it was done can be seen afterwards, and seen to be ours. */
        OBSERVABLE
    }

    public static Repeat harmless(String because) {
        return new Repeat(Rule.HARMLESS, because);
    }

    public static Repeat observable(String because) {
        return new Repeat(Rule.OBSERVABLE, because);
    }
}
