package dev.blockcopy.engine;

/**
 * What a caller hears of a request, after it is durable and before it is carried out.
 *
 * @param kind accepted, already so, or refused
 * @param text the reason, for people; empty if accepted
 */
public record Answer(Kind kind, String text) {
    /** The three answers to a request. */
    public enum Kind {
        ACCEPTED,
        /** Nothing to do: it is under way, or done. */
        ALREADY,
        REFUSED
    }

    public static final Answer ACCEPTED = new Answer(Kind.ACCEPTED, "");
}
