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
import dev.blockcopy.model.lifecycle.Trigger;
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
import dev.blockcopy.simulator.check.Symmetry;
import dev.blockcopy.simulator.world.Outside.Run;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Jobs on disks of one domain, and everything around them. */
public final class CopyWorld {
    private final Variant variant;
    private final TransitionTable table;
    private final ManagerSide manager;
    private final Composition composition;
    /** Then it matters whether a new file has to be formatted; elsewhere a raw one goes the same way in fewer steps. */
    private final boolean mayHostRefuse;

    private final int disks;
    private final SeveralDisks several;

    CopyWorld(Inquiry inquiry, Mutant mutant, boolean guestFallsSilent) {
        variant = inquiry.variant();
        disks = inquiry.disks();
        table = mutant.table();
        mayHostRefuse = inquiry.faults().getOrDefault(Fault.REFUSAL, 0) > 0;
        boolean isAlone = disks == 1;
        Budgets budgets = new Budgets(inquiry.faults(), inquiry.requests(), guestFallsSilent);
        Doors doors = new Doors(variant, budgets, isAlone);
        manager = new ManagerSide(variant, mutant, doors, budgets, isAlone);
        several = isAlone ? null : new SeveralDisks(disks, doors);
        QemuSide qemu = qemu(budgets);
        Surroundings surroundings = new Surroundings(variant, budgets, isAlone);
        Process left = new Process("budgets", places(budgets), List.of());
        composition = isAlone
                ? Composition.of(
                        manager.process(),
                        qemu.process(),
                        surroundings.guest(),
                        surroundings.faults(),
                        surroundings.others(),
                        left)
                : ofSeveral(qemu, surroundings, left);
    }

    private Composition ofSeveral(QemuSide qemu, Surroundings surroundings, Process left) {
        List<Process> all = new ArrayList<>(several.manager(manager.process()));
        all.addAll(several.ofEach(qemu.process()));
        all.addAll(several.ofEach(surroundings.guest()));
        for (Process shared : List.of(surroundings.faults(), surroundings.others(), left)) {
            all.add(several.ofAll(shared));
        }
        return Composition.of(all.toArray(Process[]::new));
    }

    private QemuSide qemu(Budgets budgets) {
        QemuSide qemu = new QemuSide(variant, budgets);
        qemu.failures(Fault.IO, JobHeart.FAILURES.get(JobFailure.REPORTED));
        qemu.failuresOfCompletion(Fault.COMPLETION, JobHeart.FAILURES.get(JobFailure.COMPLETION));
        qemu.failuresOfCompletion(Fault.SWITCHED, JobHeart.FAILURES.get(JobFailure.COMPLETION_SWITCHED));
        qemu.failures(Fault.OTHERS_CANCEL, whatIsDoneOn(JobRequest.FORCE));
        qemu.failures(Fault.OTHERS_CANCEL, whatIsDoneOn(JobRequest.CANCEL));
        qemu.failures(Fault.OTHERS_DISMISS, whatIsDoneOn(JobRequest.DISMISS));
        return qemu;
    }

    /** L1, with what is fair to whom; of several disks, which are alike, the first. */
    Property comesToAnEnd() {
        Set<String> ofManager = rulesOf("manager");
        ofManager.removeIf(this::isRequest);
        List<Fair> fairness = new ArrayList<>(List.of(new Fair("manager", "manager", ofManager)));
        Set<String> answers = rulesOf("qemu");
        Set<String> ofQemu = Set.copyOf(answers);
        for (List<Rule> steps : JobHeart.OWN.values()) {
            for (Rule step : steps) {
                for (int disk = 0; disk < disks; disk++) {
                    String mark = disks == 1 ? "" : SeveralDisks.mark(disk);
                    Set<String> names = ofQemu.stream()
                            .filter(name -> name.equals(step.name() + mark)
                                    || name.equals(step.name() + ManagerSide.UNHEARD + mark))
                            .collect(Collectors.toSet());
                    answers.removeAll(names);
                    fairness.add(new Fair(step.name() + mark, "qemu", names));
                }
            }
        }
        fairness.add(new Fair("qemu answers", "qemu", answers));
        Property end = Guarantees.l1(fairness);
        return disks == 1 ? end : several.ofTheFirst((Property.LeadsTo) end);
    }

    /** Nobody is owed that a caller asks once more. */
    private boolean isRequest(String rule) {
        return manager.cellOf(SeveralDisks.unmarked(rule))
                .filter(cell -> cell.on().kind() == Trigger.Kind.REQUEST)
                .isPresent();
    }

    private Set<String> rulesOf(String name) {
        return composition.processes().stream()
                .filter(process -> process.name().equals(name))
                .flatMap(process -> process.rules().stream())
                .map(Rule::name)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** What is to be asked of it; of several disks, as of one another's likes, unless something must come to pass. */
    Question question(List<Property> properties) {
        if (disks == 1) {
            return new Question(composition, beginnings(), properties);
        }
        boolean isOfOneDisk = properties.stream().anyMatch(Property.LeadsTo.class::isInstance);
        return new Question(
                composition,
                several.beginnings(composition.layout(), variant),
                isOfOneDisk ? properties : several.ofEach(properties),
                isOfOneDisk ? Symmetry.NONE : several.symmetry(composition.layout()));
    }

    /** The same without making use of the likeness of disks. */
    Question questionOfEveryOrder(List<Property> properties) {
        Question question = question(properties);
        return new Question(question.world(), question.beginnings(), question.properties(), Symmetry.NONE);
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
        return manager.cellOf(SeveralDisks.unmarked(rule.name()));
    }

    private List<Place> places(Budgets budgets) {
        List<Place> places = budgets.places();
        if (reopens()) {
            places.addAll(ReopenPlaces.OWN);
        }
        if (variant.endsAreHeard()) {
            places.add(Outside.END_HEARD.variable());
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
