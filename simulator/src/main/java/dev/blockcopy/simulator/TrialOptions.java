package dev.blockcopy.simulator;

import dev.blockcopy.simulator.campaign.ResultsPage;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which trials a campaign goes through: the same words with the same numbers repeat them. */
final class TrialOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

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

    @Option(
            names = "--trials",
            paramLabel = "N",
            defaultValue = "20",
            description = "How many, from 1. Default: ${DEFAULT-VALUE}.")
    void trials(int wanted) {
        if (wanted < 1) {
            throw new ParameterException(command.commandLine(), "--trials " + wanted + ": ask for 1 or more");
        }
        trials = wanted;
    }

    @Option(
            names = "--record",
            paramLabel = "PAGE",
            description = "Put the sum into the table of results on this page, as in docs/reliability.md.")
    private Path page;

    /** Where the sum goes, if it goes anywhere. */
    Optional<ResultsPage> page() {
        return Optional.ofNullable(page).map(ResultsPage::new);
    }

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
