package dev.blockcopy.simulator.campaign;

/** What came of a trial, the worst last. */
public enum Verdict {
    RIGHT("right"),
    /** Nobody can know, as was said when the pause was declined; both images are kept, and one of them holds everything. */
    DOUBT("in doubt"),
    /** The image is named rightly, but the guest was not let go, or something of ours was left. */
    UNTIDY("untidy"),
    /** No image is named although one is whole, or the job can't be brought to an end. */
    BLIND("blind"),
    /** Another image is named than the guest writes to. */
    WRONG("wrong image"),
    /** The image that is named lacks acknowledged writes. */
    LOST("lost writes");

    private final String text;

    Verdict(String text) {
        this.text = text;
    }

    /** For people. */
    public String text() {
        return text;
    }
}
