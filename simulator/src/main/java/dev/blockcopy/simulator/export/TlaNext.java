package dev.blockcopy.simulator.export;

import dev.blockcopy.model.Composition;
import dev.blockcopy.model.Composition.Move;
import dev.blockcopy.model.Guard;
import dev.blockcopy.model.Term;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * All rules as one disjunction, those together that need the same value of the same thing: TLC asks for that value once,
 * and not once in each of a thousand rules.
 */
final class TlaNext {
    private static final int FEW = 5;
    private static final String DEEPER = "      ";

    private final TlaTerms terms;
    private final Function<Move, String> names;

    TlaNext(TlaTerms terms, Function<Move, String> names) {
        this.terms = terms;
        this.names = names;
    }

    String of(Composition world) {
        return world.everyMove().stream()
                .collect(Collectors.groupingBy(Move::process, LinkedHashMap::new, Collectors.toList()))
                .values()
                .stream()
                .map(moves -> write(moves, List.of(), "    "))
                .collect(Collectors.joining());
    }

    private String write(List<Move> moves, List<Term<?>> asked, String indent) {
        Term<?> telling = moves.size() <= FEW ? null : mostTelling(moves, asked);
        if (telling == null) {
            return moves.stream()
                    .map(move -> indent + "\\/ " + names.apply(move) + "\n")
                    .collect(Collectors.joining());
        }
        List<Term<?>> more = new ArrayList<>(asked);
        more.add(telling);
        Map<Term.Constant<?>, List<Move>> needing = new LinkedHashMap<>();
        List<Move> others = new ArrayList<>();
        for (Move move : moves) {
            Term.Constant<?> needed = needs(move).get(telling);
            (needed == null ? others : needing.computeIfAbsent(needed, any -> new ArrayList<>())).add(move);
        }
        StringBuilder text = new StringBuilder();
        needing.forEach(
                (value, group) -> text.append(write(telling, value, write(group, more, indent + DEEPER), indent)));
        return text + (others.isEmpty() ? "" : write(others, more, indent));
    }

    private String write(Term<?> telling, Term.Constant<?> value, String group, String indent) {
        return indent + "\\/ /\\ " + telling.walk(terms) + " = " + value.walk(terms) + "\n" + indent + "   /\\ "
                + group.substring(indent.length() + DEEPER.length());
    }

    /** What most of them need a value of; null where hardly any need a value of the same. */
    private static Term<?> mostTelling(List<Move> moves, List<Term<?>> asked) {
        Map<Term<?>, Integer> counts = new LinkedHashMap<>();
        moves.forEach(move -> needs(move).keySet().forEach(term -> counts.merge(term, 1, Integer::sum)));
        counts.keySet().removeAll(asked);
        return counts.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .filter(most -> most.getValue() > FEW)
                .map(Map.Entry::getKey)
                .orElse(null);
    }

    /** The values that a rule does not do without. */
    private static Map<Term<?>, Term.Constant<?>> needs(Move move) {
        Map<Term<?>, Term.Constant<?>> needs = new HashMap<>();
        collect(move.rule().when(), needs);
        return needs;
    }

    private static void collect(Guard guard, Map<Term<?>, Term.Constant<?>> needs) {
        if (guard instanceof Guard.Named named) {
            collect(named.meaning(), needs);
        } else if (guard instanceof Guard.All all) {
            all.parts().forEach(part -> collect(part, needs));
        } else if (guard instanceof Guard.Same<?> same
                && same.right() instanceof Term.Constant<?> value
                && !(same.left() instanceof Term.Constant<?>)) {
            needs.put(same.left(), value);
        }
    }
}
