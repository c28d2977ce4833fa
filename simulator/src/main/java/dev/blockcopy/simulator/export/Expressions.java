package dev.blockcopy.simulator.export;

import dev.blockcopy.model.Guard;
import dev.blockcopy.model.Place;
import dev.blockcopy.model.Term;
import dev.blockcopy.model.Type;
import dev.blockcopy.model.Walk;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What the walks have in common that write guards and terms as expressions; a guard with a name is defined once, under it. */
abstract class Expressions implements Walk<String> {
    /**
     * How a language says what all of them say.
     *
     * @param reserved what can't be the name of anything
     */
    record Words(String same, String not, String and, String or, String isTrue, String isFalse, String reserved) {}

    private final Words words;
    private final Names names;
    private final Map<String, String> definitions = new LinkedHashMap<>();

    Expressions(Words words) {
        this.words = words;
        this.names = new Names(Set.of(words.reserved().split("\\s+")));
    }

    /** The guards that have a name, each defined before it is used. */
    String definitions(String before, String between) {
        return definitions.entrySet().stream()
                .map(one -> before + one.getKey() + between + one.getValue() + "\n")
                .collect(Collectors.joining());
    }

    String nameOf(Place place) {
        return nameOf(place, place.name());
    }

    /** The name of anything else; the same for an equal thing. */
    String nameOf(Object thing, String wish) {
        return names.of(thing, wish);
    }

    /** A value of a type as it is written. */
    abstract String constant(Type<?> type, int number);

    /** A guard under a name. */
    String define(String name, Guard guard) {
        List<Object> key = List.of("guard", guard);
        if (!names.has(key)) {
            String meaning = guard.walk(this);
            definitions.put(names.of(key, name), meaning);
        }
        return names.of(key, name);
    }

    @Override
    public String constant(Term.Constant<?> node) {
        return constant(node.type(), node.number());
    }

    @Override
    public String sum(Term.Sum node) {
        return "(" + node.base().walk(this) + (node.step() < 0 ? " - " : " + ") + Math.abs(node.step()) + ")";
    }

    @Override
    public String named(Guard.Named node) {
        return define(node.name(), node.meaning());
    }

    @Override
    public String same(Guard.Same<?> node) {
        return "(" + node.left().walk(this) + words.same() + node.right().walk(this) + ")";
    }

    @Override
    public String less(Guard.Less node) {
        return "(" + node.left().walk(this) + " < " + node.right().walk(this) + ")";
    }

    @Override
    public String not(Guard.Not node) {
        return "(" + words.not() + node.part().walk(this) + ")";
    }

    @Override
    public String all(Guard.All node) {
        return joined(node.parts(), words.and(), words.isTrue());
    }

    @Override
    public String any(Guard.Any node) {
        return joined(node.parts(), words.or(), words.isFalse());
    }

    private String joined(List<Guard> parts, String word, String none) {
        return parts.isEmpty()
                ? none
                : parts.stream().map(part -> part.walk(this)).collect(Collectors.joining(word, "(", ")"));
    }
}
