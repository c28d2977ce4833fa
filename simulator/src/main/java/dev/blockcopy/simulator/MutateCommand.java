package dev.blockcopy.simulator;

import dev.blockcopy.model.lifecycle.Lifecycle;
import dev.blockcopy.simulator.check.Bounds;
import dev.blockcopy.simulator.check.Watch;
import dev.blockcopy.simulator.world.Equivalents;
import dev.blockcopy.simulator.world.Mutant;
import dev.blockcopy.simulator.world.Mutants;
import dev.blockcopy.simulator.world.Mutation;
import dev.blockcopy.simulator.world.MutationPage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Asks of every wrong table which guarantee finds out. */
@Command(
        name = "mutate",
        mixinStandardHelpOptions = true,
        versionProvider = BlockcopySim.Version.class,
        description = {
            "Plants one error at a time in the table that ships, in every row, and says which guarantee catches it: the row"
                    + " is dropped, does what its neighbour does, performs nothing, or performs its effect before it is in"
                    + " the journal.",
            "",
            "Each is asked in the small worlds that take its row. What none catches must be listed with a reason;"
                    + " a survivor without one makes this fail."
        })
final class MutateCommand implements Callable<Integer> {
    @Option(names = "--state", paramLabel = "NAME", description = "Only the rows that leave this state.")
    private String state = "";

    @Option(names = "--every", paramLabel = "N", description = "Only every N-th mutant. Default: all.")
    private int every = 1;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "How many mutants at a time. Default: one for each core.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--page", paramLabel = "FILE", description = "Write what became of all as a page in Markdown.")
    private Path page;

    private final PrintWriter out;
    private final PrintWriter err;

    MutateCommand(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() {
        try {
            return mutate(mutants()).number();
        } catch (IllegalArgumentException e) {
            err.println("blockcopy-sim: " + e.getMessage());
            return ExitCode.USAGE.number();
        } catch (IOException e) {
            err.println("blockcopy-sim: " + Reasons.of(page, e));
            return ExitCode.ENVIRONMENT.number();
        }
    }

    private List<Mutant> mutants() {
        if (every < 1 || threads < 1) {
            throw new IllegalArgumentException("--every and --threads are 1 or more");
        }
        if (page != null && (every > 1 || !state.isEmpty())) {
            throw new IllegalArgumentException("--page is of all mutants: leave out --every and --state");
        }
        List<Mutant> all = Mutants.of(Lifecycle.TABLE);
        List<Mutant> chosen = IntStream.range(0, all.size())
                .filter(index -> index % every == 0)
                .mapToObj(all::get)
                .filter(mutant -> state.isEmpty() || mutant.cell().from().name().equals(state))
                .toList();
        if (chosen.isEmpty()) {
            throw new IllegalArgumentException("no row leaves a state '" + state + "'");
        }
        return chosen;
    }

    private ExitCode mutate(List<Mutant> mutants) throws IOException {
        Equivalents equivalents = Equivalents.shipped();
        Mutation mutation = new Mutation(Bounds.standard(), Watch.NONE);
        List<Mutation.Fate> fates = new ArrayList<>();
        try (Stream<Mutation.Fate> each = InOrder.map(mutants, threads, mutation::of)) {
            each.forEach(fate -> {
                fates.add(fate);
                out.printf("%-9s %s%n", word(fate, equivalents), fate.mutant().name());
                out.flush();
            });
        }
        List<String> wrong = new ArrayList<>(equivalents.contradictions(fates));
        equivalents
                .strangers(Mutants.of(Lifecycle.TABLE))
                .forEach(name -> wrong.add(name + ": is no mutant of this table"));
        wrong.forEach(line -> err.println("blockcopy-sim: " + line));
        if (page != null) {
            Files.writeString(page, MutationPage.of(fates, equivalents));
        }
        long caught = fates.stream().filter(fate -> fate.caughtBy().isPresent()).count();
        out.printf("%d caught, %d not%n", caught, fates.size() - caught);
        out.flush();
        return wrong.isEmpty() ? ExitCode.HOLDS : ExitCode.UNKNOWN;
    }

    private static String word(Mutation.Fate fate, Equivalents equivalents) {
        boolean isExplained = equivalents.reasonOf(fate.mutant().name()).isPresent();
        return fate.word().equals("survives") && isExplained ? "none" : fate.word();
    }
}
