package dev.blockcopy.simulator.world;

import static dev.blockcopy.qemufake.JobPlaces.ASKED;
import static dev.blockcopy.qemufake.JobPlaces.GUEST_ON;
import static dev.blockcopy.qemufake.JobPlaces.STATUS;

import dev.blockcopy.model.Composition.Move;
import dev.blockcopy.model.Valuation;
import dev.blockcopy.model.lifecycle.CopyEffect;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.JobState;
import dev.blockcopy.model.lifecycle.LifecycleProcess;
import dev.blockcopy.model.lifecycle.Trigger;
import dev.blockcopy.model.qmp.JobStatus;
import dev.blockcopy.qemufake.JobPlaces;
import dev.blockcopy.simulator.check.Property;
import dev.blockcopy.simulator.check.Question;
import dev.blockcopy.simulator.check.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A run as people tell it: who did what, and how everything stood after it. */
public final class Storyline {
    /**
     * One step of a run.
     *
     * @param who the process that acted
     * @param what the rule that it took
     * @param sent what it wrote to the monitor, or nothing
     * @param job where the job stands as the manager sees it, and the journal
     * @param qemu the job in QEMU and the guest
     * @param images what the images lack
     * @param inFlight what is written and not read
     * @param broken the guarantees that do not hold
     */
    public record Step(
            String who,
            String what,
            String sent,
            String job,
            String qemu,
            String images,
            String inFlight,
            List<String> broken) {}

    private final List<Step> steps = new ArrayList<>();
    private final List<Property> properties;

    private Storyline(List<Property> properties) {
        this.properties = properties;
    }

    /** The steps of a run, the beginning first. */
    public static List<Step> of(Question question, Trace trace) {
        Storyline story = new Storyline(question.properties());
        List<Valuation> states = trace.replay(question);
        List<Move> moves = trace.moves(question.world());
        story.add("", "beginning", "", states.get(0));
        for (int i = 0; i < moves.size(); i++) {
            Move move = moves.get(i);
            String sent = sentOf(states.get(i), states.get(i + 1));
            story.add(move.process().name(), move.rule().name(), sent, states.get(i + 1));
        }
        return story.steps;
    }

    private void add(String who, String what, String sent, Valuation state) {
        List<Valuation> disks = Disks.views(state);
        steps.add(new Step(
                who,
                what,
                sent,
                ofEach(disks, Storyline::job),
                ofEach(disks, Storyline::qemu),
                ofEach(disks, Storyline::images),
                ofEach(disks, Storyline::inFlight),
                broken(state)));
    }

    private static String ofEach(List<Valuation> disks, Function<Valuation, String> part) {
        return disks.stream().map(part).collect(Collectors.joining(" | "));
    }

    private static String sentOf(Valuation before, Valuation after) {
        List<Valuation> earlier = Disks.views(before);
        List<Valuation> later = Disks.views(after);
        return IntStream.range(0, later.size())
                .mapToObj(disk -> sent(earlier.get(disk), later.get(disk)))
                .distinct()
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(", "));
    }

    /** What a step added to a stream of the monitor. */
    private static String sent(Valuation before, Valuation after) {
        List<CopyEffect> commands = after.messages(Outside.COMMANDS);
        List<CopyEffect> commandsBefore = before.messages(Outside.COMMANDS);
        if (commands.size() > commandsBefore.size()) {
            return commands.get(commands.size() - 1).meaning();
        }
        List<Trigger> messages = after.messages(Outside.MESSAGES);
        int known = before.messages(Outside.MESSAGES).size();
        return messages.size() > known
                ? String.join(
                        ", ",
                        messages.subList(known, messages.size()).stream()
                                .map(Enum::name)
                                .toList())
                : "";
    }

    private static String job(Valuation state) {
        JobState job = state.get(Facts.STATE);
        JobState journal = state.get(Facts.JOURNAL);
        List<String> parts = new ArrayList<>(List.of(job.name()));
        if (job != journal) {
            parts.add("journal " + journal);
        }
        if (state.get(Writing.WRITTEN) != Writing.Written.ALL) {
            parts.add("unwritten");
        }
        if (state.get(Facts.OUTCOME) != Facts.Outcome.NONE && !job.isTerminal()) {
            parts.add("outcome " + state.get(Facts.OUTCOME));
        }
        if (state.get(Facts.COPY) != Facts.Copy.NONE) {
            parts.add("copy " + state.get(Facts.COPY));
        }
        state.messages(LifecycleProcess.OUTBOX).forEach(effect -> parts.add("about to " + effect));
        return String.join(", ", parts);
    }

    private static String qemu(Valuation state) {
        if (state.get(Outside.LIFE) == Outside.Life.DEAD) {
            return "dead";
        }
        List<String> parts = new ArrayList<>();
        if (state.get(Outside.LIFE) != Outside.Life.ALIVE) {
            parts.add("another on the monitor");
        }
        JobStatus status = state.get(STATUS);
        parts.add(status == JobStatus.NULL ? "no job" : word(status) + asked(state));
        parts.add("guest " + (state.get(Outside.GUEST) == Outside.Run.RUNS ? "runs" : "paused") + " on the "
                + (state.get(GUEST_ON) == JobPlaces.Side.SOURCE ? "source" : "destination"));
        return String.join(", ", parts);
    }

    private static String asked(Valuation state) {
        return state.get(ASKED) == JobPlaces.Asked.NOTHING || state.get(STATUS) == JobStatus.CONCLUDED
                ? ""
                : ", asked to " + word(state.get(ASKED));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String images(Valuation state) {
        List<String> parts = new ArrayList<>();
        if (state.get(Outside.SOURCE_LACKS)) {
            parts.add("source lacks writes");
        }
        if (state.get(Outside.DESTINATION_LACKS)) {
            parts.add("destination lacks writes");
        }
        return parts.isEmpty() ? "both hold all" : String.join(", ", parts);
    }

    private static String inFlight(Valuation state) {
        List<String> parts = new ArrayList<>();
        state.messages(Outside.COMMANDS).forEach(command -> parts.add("> " + command));
        state.messages(Outside.MESSAGES).forEach(message -> parts.add("< " + message));
        return String.join(" ", parts);
    }

    private List<String> broken(Valuation state) {
        return properties.stream()
                .filter(Property.Always.class::isInstance)
                .map(Property.Always.class::cast)
                .filter(property -> state.satisfies(property.premise()) && !state.satisfies(property.claim()))
                .map(Property::name)
                .toList();
    }
}
