package dev.blockcopy.simulator.world;

import dev.blockcopy.model.Composition;
import dev.blockcopy.model.Process;
import dev.blockcopy.model.Rule;
import dev.blockcopy.model.Valuation;
import dev.blockcopy.model.lifecycle.Cell;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.LifecycleProcess;
import dev.blockcopy.model.lifecycle.TransitionTable;
import dev.blockcopy.model.qmp.JobStatus;
import dev.blockcopy.qemufake.JobFailure;
import dev.blockcopy.qemufake.JobHeart;
import dev.blockcopy.qemufake.JobPlaces;
import dev.blockcopy.simulator.check.Property;
import dev.blockcopy.simulator.check.Question;
import dev.blockcopy.simulator.world.Outside.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One job on one disk, and everything around it. */
public final class CopyWorld {
    private final Variant variant;
    private final TransitionTable table;
    private final ManagerSide manager;
    private final Composition composition;

    CopyWorld(Variant variant, TransitionTable table, Map<Fault, Integer> faults, int requests) {
        this.variant = variant;
        this.table = table;
        Budgets budgets = new Budgets(faults, requests);
        manager = new ManagerSide(variant, table, budgets);
        QemuSide qemu = new QemuSide(budgets);
        qemu.failures(Fault.IO, JobHeart.FAILURES.get(JobFailure.REPORTED));
        qemu.failures(Fault.COMPLETION, JobHeart.FAILURES.get(JobFailure.COMPLETION));
        qemu.failures(Fault.SWITCHED, JobHeart.FAILURES.get(JobFailure.COMPLETION_SWITCHED));
        Surroundings surroundings = new Surroundings(variant, budgets);
        composition = Composition.of(
                manager.process(),
                qemu.process(),
                surroundings.guest(),
                surroundings.faults(),
                surroundings.others(),
                new Process("budgets", budgets.places(), List.of()));
    }

    Question question(List<Property> properties) {
        return new Question(composition, beginnings(), properties);
    }

    TransitionTable table() {
        return table;
    }

    /** The cell of the table that a rule of this world decides. */
    Optional<Cell> cellOf(Rule rule) {
        return manager.cellOf(rule);
    }

    private List<Valuation> beginnings() {
        List<Valuation> all = new ArrayList<>();
        for (Valuation job : LifecycleProcess.beginnings(composition.layout())) {
            if (job.get(Facts.SWITCH) == variant.command()
                    && job.get(Facts.PAUSE) == (variant.around() == Variant.Around.PAUSED)
                    && job.get(Facts.DESTINATION) != Facts.Destination.NEW_RAW) {
                for (Run run : List.of(Run.RUNS, Run.PAUSED_BY_OTHERS)) {
                    all.add(job.with(Outside.GUEST, run)
                            .with(JobPlaces.STATUS, JobStatus.NULL)
                            .with(JobPlaces.AUTO_DISMISS, !variant.has(Variant.Evidence.CONCLUDED)));
                }
            }
        }
        return all;
    }
}
