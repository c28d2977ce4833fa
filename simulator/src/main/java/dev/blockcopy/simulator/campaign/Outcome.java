package dev.blockcopy.simulator.campaign;

/**
 * What came of one trial. Immutable.
 *
 * @param trial its number
 * @param struck where the job stood as the store tells after the blow; empty if the copy ended before the blow
 * @param kills how many of engine and QEMU were killed in it
 * @param verdict how it went
 * @param lostWrites acknowledged writes that the named image lacks
 * @param text what was seen, for people
 */
public record Outcome(int trial, String struck, int kills, Verdict verdict, int lostWrites, String text) {
    /** The same trial, with what came of another disk in it: the worst counts. */
    Outcome and(Outcome other) {
        return new Outcome(
                trial,
                struck,
                kills,
                verdict.compareTo(other.verdict) < 0 ? other.verdict : verdict,
                lostWrites + other.lostWrites,
                text + "; " + other.text);
    }

    public boolean isRight() {
        return verdict == Verdict.RIGHT || verdict == Verdict.DOUBT;
    }
}
