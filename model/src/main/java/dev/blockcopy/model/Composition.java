package dev.blockcopy.model;

import java.util.ArrayList;
import java.util.List;

/**
 * Processes side by side: a world whose steps are the rules that are enabled, in a fixed order.
 *
 * @param processes who may act
 * @param layout where their places lie; places of one name are one place
 */
public record Composition(List<Process> processes, Layout layout) {
    /** One possible step: who takes which rule. */
    public record Move(Process process, Rule rule) {
        @Override
        public String toString() {
            return process.name() + ": " + rule.name();
        }
    }

    public static Composition of(Process... processes) {
        List<Place> places = new ArrayList<>();
        for (Process process : processes) {
            places.addAll(process.places());
        }
        return new Composition(List.of(processes), new Layout(places));
    }

    public Valuation initial() {
        return layout.initial();
    }

    /** Everything that may happen next, in the order of processes and rules. */
    public List<Move> moves(Valuation state) {
        List<Move> moves = new ArrayList<>();
        for (Process process : processes) {
            for (Rule rule : process.rules()) {
                if (state.satisfies(rule.when())) {
                    moves.add(new Move(process, rule));
                }
            }
        }
        return moves;
    }

    public Valuation after(Valuation state, Move move) {
        return state.after(move.rule().changes());
    }
}
