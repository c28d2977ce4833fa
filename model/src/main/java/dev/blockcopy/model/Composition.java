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
        /** Of its name alone: a walk through all that its process is made of would take longer than most searches. */
        @Override
        public int hashCode() {
            return rule.name().hashCode();
        }

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

    /** Every step that there is, in the order of processes and rules; a rule's place in it is its number. */
    public List<Move> everyMove() {
        return processes.stream()
                .flatMap(process -> process.rules().stream().map(rule -> new Move(process, rule)))
                .toList();
    }

    /** Everything that may happen next, in the order of processes and rules. */
    public List<Move> moves(Valuation state) {
        return everyMove().stream()
                .filter(move -> state.satisfies(move.rule().when()))
                .toList();
    }

    public Valuation after(Valuation state, Move move) {
        return state.after(move.rule().changes());
    }
}
