package dev.blockcopy.simulator.world;

import dev.blockcopy.model.Composition;
import dev.blockcopy.model.Place;
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
import dev.blockcopy.qemufake.JobReply;
import dev.blockcopy.qemufake.JobRequest;
import dev.blockcopy.qemufake.ReopenPlaces;
import dev.blockcopy.simulator.check.Fair;
import dev.blockcopy.simulator.check.Property;
import dev.blockcopy.simulator.check.Question;
import dev.blockcopy.simulator.world.Outside.Run;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** One job on one disk, and everything around it. */
public final class CopyWorld {
    private final Variant variant;
    private final TransitionTable table;
    private final ManagerSide manager;
    private final Composition composition;
    /** Then it matters whether a new file has to be formatted; elsewhere a raw one goes the same way in fewer steps. */
    private final boolean mayHostRefuse;

    CopyWorld(
            Variant variant,
            TransitionTable table,
            Map<Fault, Integer> faults,
            int requests,
            boolean guestFallsSilent) {
        this.variant = variant;
        this.table = table;
        mayHostRefuse = faults.getOrDefault(Fault.REFUSAL, 0) > 0;
        Budgets budgets = new Budgets(faults, requests, guestFallsSilent);
        manager = new ManagerSide(variant, table, budgets);
        QemuSide qemu = new QemuSide(variant, budgets);
        qemu.failures(Fault.IO, JobHeart.FAILURES.get(JobFailure.REPORTED));
        qemu.failuresOfCompletion(Fault.COMPLETION, JobHeart.FAILURES.get(JobFailure.COMPLETION));
        qemu.failuresOfCompletion(Fault.SWITCHED, JobHeart.FAILURES.get(JobFailure.COMPLETION_SWITCHED));
        qemu.failures(Fault.OTHERS_CANCEL, whatIsDoneOn(JobRequest.FORCE));
        qemu.failures(Fault.OTHERS_CANCEL, whatIsDoneOn(JobRequest.CANCEL));
        qemu.failures(Fault.OTHERS_DISMISS, whatIsDoneOn(JobRequest.DISMISS));
        Surroundings surroundings = new Surroundings(variant, budgets);
        composition = Composition.of(
                manager.process(),
                qemu.process(),
                surroundings.guest(),
                surroundings.faults(),
                surroundings.others(),
                new Process("budgets", places(budgets), List.of()));
    }

    /** L1, with what is fair to whom. */
    Property comesToAnEnd() {
        List<Fair> fairness = new ArrayList<>(List.of(Fair.to(manager.process())));
        Process qemu = composition.processes().get(1);
        Set<String> answers = new LinkedHashSet<>();
        qemu.rules().forEach(rule -> answers.add(rule.name()));
        for (List<Rule> steps : JobHeart.OWN.values()) {
            for (Rule step : steps) {
                Set<String> names = qemu.rules().stream()
                        .map(Rule::name)
                        .filter(name -> name.equals(step.name()) || name.equals(step.name() + ", unheard"))
                        .collect(Collectors.toSet());
                answers.removeAll(names);
                fairness.add(new Fair(step.name(), qemu.name(), names));
            }
        }
        fairness.add(new Fair("qemu answers", qemu.name(), answers));
        return Guarantees.l1(fairness);
    }

    Question question(List<Property> properties) {
        return new Question(composition, beginnings(), properties);
    }

    /** What somebody else's request does to a job, where it is accepted. */
    private static List<Rule> whatIsDoneOn(JobRequest request) {
        return JobHeart.ANSWERS.get(request).stream()
                .filter(answer -> answer.reply() == JobReply.DONE)
                .map(JobHeart.Answer::rule)
                .toList();
    }

    TransitionTable table() {
        return table;
    }

    /** The cell of the table that a rule of this world decides. */
    Optional<Cell> cellOf(Rule rule) {
        return manager.cellOf(rule);
    }

    private List<Place> places(Budgets budgets) {
        List<Place> places = budgets.places();
        if (reopens()) {
            places.addAll(ReopenPlaces.OWN);
        }
        return places;
    }

    private boolean reopens() {
        return variant.switching() != Variant.Switching.COMPLETE;
    }

    /** A job of this variant before its start, on a QEMU that can do what the variant needs. */
    private Valuation begun(Valuation job, Run run) {
        Valuation begun = job.with(Outside.GUEST, run)
                .with(JobPlaces.STATUS, JobStatus.NULL)
                .with(JobPlaces.AUTO_FINALIZE, variant.around() != Variant.Around.PENDING_FIRST)
                .with(JobPlaces.AUTO_DISMISS, !variant.has(Variant.Evidence.CONCLUDED));
        if (!reopens()) {
            return begun;
        }
        return begun.with(ReopenPlaces.ATOMIC, variant.switching() == Variant.Switching.TRANSACTION_REOPEN);
    }

    private List<Valuation> beginnings() {
        List<Valuation> all = new ArrayList<>();
        for (Valuation job : LifecycleProcess.beginnings(composition.layout())) {
            if (job.get(Facts.SWITCH) == variant.command()
                    && job.get(Facts.PAUSE) == (variant.around() != Variant.Around.RUNNING)
                    && (mayHostRefuse || job.get(Facts.DESTINATION) != Facts.Destination.NEW_RAW)) {
                for (Run run : List.of(Run.RUNS, Run.PAUSED_BY_OTHERS)) {
                    all.add(begun(job, run));
                }
            }
        }
        return all;
    }
}
