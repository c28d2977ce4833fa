package dev.blockcopy.simulator;

import dev.blockcopy.engine.CopyRefusedException;
import dev.blockcopy.simulator.campaign.CrashCampaign;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Strikes engines and fake QEMUs in this process, between any two steps, and counts what is lost. */
@Command(
        name = "crashes",
        mixinStandardHelpOptions = true,
        versionProvider = BlockcopySim.Version.class,
        description = {
            "Copy a disk on a fake QEMU with a guest that writes, strike the engine, QEMU or both dead between two steps, up"
                    + " to three times in a row, have another engine take over, and compare; again and again.",
            "",
            "All in this process: the store keeps in memory what was made durable, and nothing else."
        })
final class CrashesCommand implements Callable<Integer> {
    @Mixin
    private TrialOptions which;

    private final PrintWriter out;
    private final PrintWriter err;

    CrashesCommand(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (Workplace place = Workplace.of(null, "blockcopy-crashes-", "")) {
            boolean right = new CrashCampaign(which.seed(), out).run(place.dir(), which.first(), which.trials());
            return (right ? ExitCode.HOLDS : ExitCode.COUNTEREXAMPLE).number();
        } catch (IOException | CopyRefusedException e) {
            err.println("blockcopy-sim: " + e.getMessage());
            return ExitCode.ENVIRONMENT.number();
        }
    }
}
