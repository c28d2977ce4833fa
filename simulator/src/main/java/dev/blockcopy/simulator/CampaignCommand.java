package dev.blockcopy.simulator;

import dev.blockcopy.engine.CopyRefusedException;
import dev.blockcopy.engine.StoreException;
import dev.blockcopy.simulator.campaign.Around;
import dev.blockcopy.simulator.campaign.Campaign;
import dev.blockcopy.simulator.campaign.CampaignPlan;
import dev.blockcopy.simulator.campaign.End;
import dev.blockcopy.simulator.campaign.GuestKit;
import dev.blockcopy.simulator.campaign.LibvirtCampaign;
import dev.blockcopy.simulator.campaign.SavedGuest;
import dev.blockcopy.simulator.campaign.Victim;
import dev.blockcopy.simulator.live.NotInTimeException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Kills engines and QEMUs under guests that write, and counts what is lost. */
@Command(
        name = "campaign",
        mixinStandardHelpOptions = true,
        versionProvider = BlockcopySim.Version.class,
        description = {
            "Copy the disk of a guest that writes, kill the engine or QEMU in the middle, have another engine take over,"
                    + " and compare the image that it names with what the guest was told; again and again.",
            "",
            "QEMU is a real one. The guest is built from Debian's packages the first time (no root, nothing installed)."
        })
final class CampaignCommand implements Callable<Integer> {
    @Parameters(paramLabel = "KIND", description = "${COMPLETION-CANDIDATES}.")
    private Victim victim;

    @Option(
            names = "--end",
            paramLabel = "END",
            defaultValue = "pivot",
            description = "How each copy is to end: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private End end;

    @Option(
            names = "--at-boundaries",
            description = "Have the engine kill itself at each boundary between two effects, one trial after the other,"
                    + " instead of at random. For engine-killed and both-killed.")
    private boolean atBoundaries;

    @Option(
            names = "--no-pause",
            description = "Do not pause the guest around a pivot: then QEMU's death may leave a doubt.")
    private boolean noPause;

    @Option(
            names = "--pending-first",
            description = "Let QEMU carry over what is left while the guest runs on, and pause it then.")
    private boolean pendingFirst;

    @Option(
            names = "--disks",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "How many disks each guest has, 1 or 2: all are copied by one engine, and with 2 the pivots share"
                            + " one pause. Default: ${DEFAULT-VALUE}.")
    private int disks;

    @Spec
    private CommandSpec command;

    @Mixin
    private TrialOptions which;

    @Option(
            names = "--guests",
            paramLabel = "N",
            defaultValue = "4",
            description = "How many guests at a time. Default: ${DEFAULT-VALUE}.")
    private int guests;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description =
                    "Where all of it is put; must be empty, or not be there yet. Default: a directory for temporary files. Kept if a trial fails.")
    private Path dir;

    @Option(
            names = "--guest",
            paramLabel = "DIR",
            description = "Where the guest's kernel is kept. Default: $XDG_CACHE_HOME/blockcopy/guest.")
    private Path guest = GuestKit.usualPlace();

    private final PrintWriter out;
    private final PrintWriter err;

    CampaignCommand(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws InterruptedException {
        try {
            return run().number();
        } catch (IOException | StoreException | CopyRefusedException e) {
            err.println("blockcopy-sim: " + e.getMessage());
            return ExitCode.ENVIRONMENT.number();
        } catch (NotInTimeException e) {
            err.println("blockcopy-sim: " + e.getMessage());
            return ExitCode.UNKNOWN.number();
        }
    }

    private Around around() {
        if (noPause && pendingFirst) {
            throw new ParameterException(
                    command.commandLine(), "--pending-first pauses the guest, --no-pause does not: leave one out");
        }
        return pendingFirst ? Around.PENDING_FIRST : noPause ? Around.RUNNING : Around.PAUSED;
    }

    /** What libvirt is worth in the same place; that it is wrong at times is no fault of ours. */
    private ExitCode runLibvirt() throws IOException, InterruptedException, NotInTimeException {
        if (atBoundaries || around() != Around.PAUSED || end != End.PIVOT || disks != 1) {
            throw new ParameterException(
                    command.commandLine(),
                    victim + " has no boundaries, no pause, one disk and no end but the pivot: leave such options out");
        }
        GuestKit kit = GuestKit.in(guest);
        try (Workplace place = Workplace.of(dir, "blockcopy-libvirt-", "/sock/libvirt-sock")) {
            LibvirtCampaign campaign = new LibvirtCampaign(kit, place.dir(), which.seed(), out);
            boolean right = campaign.run(which.first(), which.trials());
            if (which.page().isPresent()) {
                campaign.record(which.page().get());
            }
            return right ? ExitCode.HOLDS : ExitCode.COUNTEREXAMPLE;
        }
    }

    private void refuseOddDisks() {
        if (disks < 1 || disks > 2 || disks == 2 && (end != End.PIVOT || around() != Around.PAUSED)) {
            throw new ParameterException(
                    command.commandLine(), "--disks " + disks + ": it is 1, or 2 for pivots that share one pause");
        }
    }

    private ExitCode run() throws IOException, InterruptedException, NotInTimeException, CopyRefusedException {
        if (victim == Victim.LIBVIRT) {
            return runLibvirt();
        }
        refuseOddDisks();
        GuestKit kit = GuestKit.in(guest);
        try (Workplace place = Workplace.of(dir, "blockcopy-campaign-", "/guest-99/onlooker.qmp")) {
            CampaignPlan plan = new CampaignPlan(
                    victim,
                    end,
                    atBoundaries,
                    around(),
                    disks,
                    which.first(),
                    which.trials(),
                    which.seed(),
                    guests,
                    place.dir());
            Campaign campaign = new Campaign(plan, SavedGuest.boot(kit, which.seed(), disks, place.dir()), out);
            boolean right = campaign.run();
            if (which.page().isPresent()) {
                campaign.record(which.page().get());
            }
            if (right) {
                return ExitCode.HOLDS;
            }
            place.keep();
            out.println("Everything is kept in " + place.dir() + ".");
            return ExitCode.COUNTEREXAMPLE;
        }
    }
}
