package dev.blockcopy.engine.command;

import dev.blockcopy.engine.JobReport;
import dev.blockcopy.engine.store.StoreLocation;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** What every command takes. */
final class CommonOptions {
    static final String NAME = "common";

    @Option(
            names = "--store",
            paramLabel = "FILE",
            description = "The journal of the jobs. Default: blockcopy/jobs.db in $XDG_STATE_HOME or in"
                    + " ~/.local/state; for root /var/lib/blockcopy/jobs.db.")
    private Path store;

    @Option(names = "--json", description = "One JSON document on standard output, described in docs/json.md.")
    private boolean json;

    @Option(names = "--verbose", description = "Tell on standard error what is done and why.")
    private boolean verbose;

    @Option(names = "--debug", description = "The same in detail, and stack traces of our own faults.")
    private boolean debug;

    @Option(names = "--wire-log", description = "Every line to and from QEMU on standard error.")
    private boolean wireLog;

    boolean json() {
        return json;
    }

    boolean debug() {
        return debug;
    }

    /** The engine on a store that is there: who only asks makes none. */
    Copies open(Surroundings surroundings) {
        return open(surroundings, false);
    }

    /** The engine on the store, which is made if it is not there. */
    Copies openOrMake(Surroundings surroundings) {
        return open(surroundings, true);
    }

    private Copies open(Surroundings surroundings, boolean mayMake) {
        Logging.configure(verbose, debug, wireLog);
        return surroundings.opener().open(storeFile(), mayMake);
    }

    /** The usual store may be made by whoever needs one; a name that was given may be mistyped. */
    Copies openOrMakeUsual(Surroundings surroundings) {
        return open(surroundings, store == null);
    }

    private Path storeFile() {
        return store == null
                ? StoreLocation.ofThisUser()
                : store.toAbsolutePath().normalize();
    }

    /** Where the answer for people goes: with JSON the document has standard output for itself. */
    java.io.PrintWriter people(Surroundings surroundings) {
        return json ? surroundings.err() : surroundings.out();
    }

    /** A command line that continues with a job, on the same store. */
    String command(String words) {
        return "blockcopy " + words + (store == null ? "" : " --store " + store);
    }

    /** How jobs that are left alone go on, and what has become of those that ended meanwhile. */
    String howToGoOn(List<JobReport> reports) {
        String ended = reports.stream()
                .filter(JobReport::hasEnded)
                .map(report -> "; " + report.id() + " has ended: " + report.phase())
                .collect(Collectors.joining());
        List<String> ids = reports.stream()
                .filter(report -> !report.hasEnded())
                .map(JobReport::id)
                .toList();
        if (ids.isEmpty()) {
            return "interrupted" + (ended.isEmpty() ? "; no job was left unfinished" : ended);
        }
        String all = String.join(" ", ids);
        String first = ids.get(0);
        return "interrupted" + ended + "; in QEMU goes on: " + all + System.lineSeparator() + "go on with: "
                + String.join(" | ", command("watch " + all), command("pivot " + first), command("abort " + first));
    }
}
