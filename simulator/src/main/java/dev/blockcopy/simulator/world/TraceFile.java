package dev.blockcopy.simulator.world;

import dev.blockcopy.model.Composition;
import dev.blockcopy.model.Composition.Move;
import dev.blockcopy.model.qmp.QmpCodec;
import dev.blockcopy.model.qmp.QmpSyntaxException;
import dev.blockcopy.simulator.check.Question;
import dev.blockcopy.simulator.check.Trace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * A run in a file: the world that it was found in, and its steps by name, so that it can be taken again without a search.
 *
 * @param inquiry what was asked
 * @param property what the run breaks, or shows
 * @param beginning which of the beginnings
 * @param moves who did what, in order
 */
public record TraceFile(Inquiry inquiry, String property, int beginning, List<String> moves) {
    private static final String FORMAT = "blockcopy-trace-1";

    public TraceFile {
        moves = List.copyOf(moves);
    }

    static TraceFile of(Answer answer, String property, Trace trace) {
        List<String> moves = trace.moves(answer.question().world()).stream()
                .map(Move::toString)
                .toList();
        return new TraceFile(answer.inquiry(), property, trace.beginning(), moves);
    }

    /** The file's text. */
    public String json() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("format", FORMAT);
        members.put("variant", inquiry.variant().toString());
        members.put("faults", inquiry.faultsText());
        members.put("requests", (long) inquiry.requests());
        members.put("disks", (long) inquiry.disks());
        members.put("property", property);
        members.put("beginning", (long) beginning);
        members.put("moves", moves);
        return QmpCodec.json(members).replace("\"moves\": [", "\"moves\": [\n ").replace("\", \"", "\",\n  \"") + "\n";
    }

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException if it is none of ours, saying what is wrong with it
     */
    public static TraceFile parse(String text) {
        try {
            Map<?, ?> members = (Map<?, ?>) QmpCodec.value(text);
            if (!FORMAT.equals(members.get("format"))) {
                throw new IllegalArgumentException("the trace does not say \"format\": \"" + FORMAT
                        + "\", the one that is known here: use the blockcopy-sim that wrote it, or check --out anew");
            }
            Inquiry inquiry = new Inquiry(
                    Variant.of(words(members, "variant")),
                    Inquiry.faults(words(members, "faults")),
                    ((Long) members.get("requests")).intValue(),
                    ((Long) members.get("disks")).intValue());
            List<String> moves = new ArrayList<>();
            ((List<?>) members.get("moves")).forEach(move -> moves.add((String) move));
            return new TraceFile(
                    inquiry,
                    Objects.requireNonNull((String) members.get("property")),
                    ((Long) members.get("beginning")).intValue(),
                    moves);
        } catch (QmpSyntaxException | ClassCastException | NullPointerException damaged) {
            throw new IllegalArgumentException("the trace is damaged: give one that check --out wrote", damaged);
        }
    }

    private static List<String> words(Map<?, ?> members, String name) {
        return List.of(((String) members.get(name)).split(","));
    }

    /** The run in today's world: its steps as they are numbered there. */
    public Trace trace(Question question) {
        Composition world = question.world();
        List<String> names = world.everyMove().stream().map(Move::toString).toList();
        List<Integer> rules = new ArrayList<>();
        for (String move : moves) {
            int rule = names.indexOf(move);
            if (rule < 0) {
                throw new UnknownMoveException("step " + (rules.size() + 1) + ", " + move + ", is not in this world");
            }
            rules.add(rule);
        }
        return new Trace(beginning, rules, OptionalInt.empty());
    }

    /** A step that the world has no rule for any more. */
    public static final class UnknownMoveException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnknownMoveException(String message) {
            super(message);
        }
    }
}
