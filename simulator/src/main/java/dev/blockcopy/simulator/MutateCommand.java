package dev.blockcopy.simulator;

import dev.blockcopy.model.lifecycle.Lifecycle;
import dev.blockcopy.simulator.check.Bounds;
import dev.blockcopy.simulator.check.Finding;
import dev.blockcopy.simulator.check.Watch;
import dev.blockcopy.simulator.world.Inquiry;
import dev.blockcopy.simulator.world.Mutant;
import dev.blockcopy.simulator.world.Mutants;
import dev.blockcopy.simulator.world.Variant;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Asks of every wrong table which guarantee finds out. */
@Command(
        name = "mutate",
        mixinStandardHelpOptions = true,
        versionProvider = BlockcopySim.Version.class,
        description =
                "Plants one error at a time in the table that ships, in every row, and says which guarantee catches it."
                        + " What none catches is listed: it changes nothing, or the faults that were given don't reach it.")
final class MutateCommand implements Callable<Integer> {
    @Option(
            names = "--faults",
            paramLabel = "FAULT=N",
            split = ",",
            description = "As for check. Default: mgr=1,qemu=1.")
    private List<String> faults = List.of("mgr=1", "qemu=1");

    @Option(names = "--state", paramLabel = "NAME", description = "Only the rows that leave this state.")
    private String state = "";

    @Option(names = "--threads", paramLabel = "N", description = "Default: one for each core.")
    private int threads = Runtime.getRuntime().availableProcessors();

    private final PrintWriter out;
    private final PrintWriter err;

    MutateCommand(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() {
        try {
            Inquiry inquiry = new Inquiry(Variant.SHIPPED, Inquiry.faults(faults), 1);
            List<Mutant> survivors = new ArrayList<>();
            int caught = 0;
            for (Mutant mutant : Mutants.of(Lifecycle.TABLE)) {
                if (state.isEmpty() || mutant.cell().from().name().equals(state)) {
                    caught += isCaught(inquiry, mutant) ? 1 : survivors.add(mutant) ? 0 : 0;
                }
            }
            out.printf("%d caught, %d not%n", caught, survivors.size());
            out.flush();
            return (survivors.isEmpty() ? ExitCode.HOLDS : ExitCode.UNKNOWN).number();
        } catch (IllegalArgumentException e) {
            err.println("blockcopy-sim: " + e.getMessage());
            return ExitCode.USAGE.number();
        }
    }

    private boolean isCaught(Inquiry inquiry, Mutant mutant) {
        Optional<Finding> finding =
                Mutants.caughtBy(inquiry, mutant, Bounds.standard().withThreads(threads), Watch.NONE);
        out.printf("%-9s %s%n", finding.map(one -> one.property().name()).orElse("survives"), mutant.name());
        out.flush();
        return finding.isPresent();
    }
}
