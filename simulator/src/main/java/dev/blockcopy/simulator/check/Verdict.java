package dev.blockcopy.simulator.check;

/** What the checker says of a property. */
public enum Verdict {
    /** True of every run within the bounds that head the report. */
    HOLDS,
    /** There is a run that breaks it. */
    VIOLATED,
    /** What it speaks of never happens. */
    VACUOUS,
    /** The exploration was cut short before it could be told. */
    UNKNOWN
}
