package dev.blockcopy.simulator.check;

import static dev.blockcopy.model.lifecycle.LifecycleProcess.AWAITED;
import static dev.blockcopy.model.lifecycle.LifecycleProcess.INBOX;

import dev.blockcopy.model.Composition;
import dev.blockcopy.model.Guard;
import dev.blockcopy.model.Process;
import dev.blockcopy.model.Rule;
import dev.blockcopy.model.lifecycle.Lifecycle;
import dev.blockcopy.model.lifecycle.LifecycleProcess;
import dev.blockcopy.model.lifecycle.Trigger;
import java.util.ArrayList;
import java.util.List;

/** The shipped table in the middle of an outside that may say anything at any time, and a manager that may die. */
final class AnyOutside {
    private AnyOutside() {}

    static Composition world() {
        List<Rule> rules = new ArrayList<>();
        for (Trigger trigger : Trigger.values()) {
            rules.add(Toys.rule("tell " + trigger, INBOX.isEmpty(), INBOX.append(trigger)));
        }
        rules.add(Toys.rule("hear", Guard.not(AWAITED.isEmpty()), AWAITED.take()));
        rules.add(LifecycleProcess.crash());
        return Composition.of(
                new LifecycleProcess(Lifecycle.TABLE).process(),
                new Process("outside", List.of(INBOX, AWAITED), rules));
    }
}
