package dev.blockcopy.simulator.check;

import dev.blockcopy.model.Composition;
import dev.blockcopy.model.Composition.Move;
import dev.blockcopy.model.Guard;
import dev.blockcopy.model.Valuation;
import java.util.Arrays;
import java.util.List;

/** The rules of a world over packed states. */
final class Program {
    private final Composition world;
    private final List<Move> moves;

    Program(Composition world) {
        this.world = world;
        moves = world.everyMove();
    }

    int words() {
        return world.layout().words();
    }

    List<Move> moves() {
        return moves;
    }

    long[] pack(Valuation state) {
        return state.pack();
    }

    Valuation unpack(long[] states, int at) {
        return world.layout().unpack(Arrays.copyOfRange(states, at, at + words()));
    }

    /** Adds every state that follows, in the order of the rules. */
    void successors(long[] states, int at, Successors out) {
        Valuation state = unpack(states, at);
        for (int rule = 0; rule < moves.size(); rule++) {
            if (state.satisfies(moves.get(rule).rule().when())) {
                int next = out.next();
                System.arraycopy(pack(world.after(state, moves.get(rule))), 0, out.states, next, words());
                out.add(rule);
            }
        }
    }

    /** A guard over packed states. */
    Test test(Guard guard) {
        return (states, at) -> unpack(states, at).satisfies(guard);
    }

    /** A condition over a packed state. */
    interface Test {
        boolean holds(long[] states, int at);
    }
}
