package dev.blockcopy.simulator.check;

import dev.blockcopy.model.Composition;
import dev.blockcopy.model.Composition.Move;
import dev.blockcopy.model.Valuation;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One run, by the choices that were made in it; its states come by replaying it.
 *
 * @param beginning which of the question's beginnings
 * @param rules the number of each rule that is taken, as {@link Composition#everyMove()} counts them
 * @param loopsTo for a run without end, the index of the state to which its last state goes back; equal to the number
 *     of rules where it stands still in the last state for ever
 */
public record Trace(int beginning, List<Integer> rules, OptionalInt loopsTo) {
    private static final Pattern TOKEN = Pattern.compile("(\\d{1,9}):((?:\\d{1,9}(?:\\.\\d{1,9})*)?)(?:~(\\d{1,9}))?");

    public Trace {
        rules = List.copyOf(rules);
    }

    /** The run as one word, to be given to a replay. */
    public String token() {
        String choices = rules.stream().map(String::valueOf).collect(Collectors.joining("."));
        return beginning + ":" + choices + (loopsTo.isPresent() ? "~" + loopsTo.getAsInt() : "");
    }

    /** The run that a token stands for; whether its steps are possible is only known by replaying it. */
    public static Trace parse(String token) {
        Matcher matcher = TOKEN.matcher(token);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'" + token + "' is no replay token: it looks like 0:3.1.4, with ~1 behind it for a loop");
        }
        List<Integer> rules = matcher.group(2).isEmpty()
                ? List.of()
                : Stream.of(matcher.group(2).split("\\.")).map(Integer::valueOf).toList();
        OptionalInt loopsTo =
                matcher.group(3) == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(matcher.group(3)));
        return new Trace(Integer.parseInt(matcher.group(1)), rules, loopsTo);
    }

    public int length() {
        return rules.size();
    }

    /** The moves of the run. */
    public List<Move> moves(Composition world) {
        List<Move> every = world.everyMove();
        return rules.stream().map(number -> move(every, number)).toList();
    }

    private static Move move(List<Move> every, int number) {
        if (number >= every.size()) {
            throw new ReplayDivergedException("there is no rule " + number + " in this world: it has " + every.size());
        }
        return every.get(number);
    }

    /** Takes the run again: its states, one more than it has moves. */
    public List<Valuation> replay(Question question) {
        if (beginning >= question.beginnings().size()) {
            throw new ReplayDivergedException("there is no beginning " + beginning + " in this world: it has "
                    + question.beginnings().size());
        }
        List<Valuation> states = new ArrayList<>();
        states.add(question.beginnings().get(beginning));
        for (Move move : moves(question.world())) {
            Valuation state = states.get(states.size() - 1);
            if (!state.satisfies(move.rule().when())) {
                throw new ReplayDivergedException("step " + states.size() + ", " + move + ", is not possible here");
            }
            states.add(question.world().after(state, move));
        }
        requireLoop(states);
        return states;
    }

    private void requireLoop(List<Valuation> states) {
        if (loopsTo.isEmpty()) {
            return;
        }
        if (loopsTo.getAsInt() >= states.size()
                || !states.get(loopsTo.getAsInt()).equals(states.get(states.size() - 1))) {
            throw new ReplayDivergedException("the run does not come back to its state " + loopsTo.getAsInt());
        }
    }

    @Override
    public String toString() {
        return token();
    }
}
