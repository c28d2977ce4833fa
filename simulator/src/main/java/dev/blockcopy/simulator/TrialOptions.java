package dev.blockcopy.simulator;

import picocli.CommandLine.Option;

/** Which trials a campaign goes through: the same words with the same numbers repeat them. */
final class TrialOptions {
    @Option(
            names = "--trials",
            paramLabel = "N",
            defaultValue = "20",
            description = "How many. Default: ${DEFAULT-VALUE}.")
    private int trials;

    @Option(
            names = "--first",
            paramLabel = "N",
            defaultValue = "1",
            description = "The number of the first one. Default: ${DEFAULT-VALUE}.")
    private int first;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Tells, with a trial's number, when it strikes. Default: ${DEFAULT-VALUE}.")
    private long seed;

    int trials() {
        return trials;
    }

    int first() {
        return first;
    }

    long seed() {
        return seed;
    }
}
