package dev.blockcopy.model;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A finite type: an ordered list of values, each known by its number.
 *
 * @param <V> the Java type of the values
 */
public final class Type<V> {
    /** What a type looks like in another checker's language. */
    public enum Kind {
        BOOLEAN,
        ENUMERATION,
        RANGE
    }

    public static final Type<Boolean> BOOLEAN = new Type<>("boolean", Kind.BOOLEAN, List.of(false, true));

    private final String name;
    private final Kind kind;
    private final List<V> values;

    private Type(String name, Kind kind, List<V> values) {
        if (values.isEmpty()) {
            throw new ModelException("type " + name + " has no value: give it at least one");
        }
        this.name = name;
        this.kind = kind;
        this.values = List.copyOf(values);
    }

    /** The constants of an enum, in their order. */
    public static <E extends Enum<E>> Type<E> of(Class<E> constants) {
        return new Type<>(constants.getSimpleName(), Kind.ENUMERATION, Arrays.asList(constants.getEnumConstants()));
    }

    /** Any finite list of distinct values, for messages that carry more than one thing. */
    public static <V> Type<V> of(String name, List<V> values) {
        if (values.stream().distinct().count() != values.size()) {
            throw new ModelException("type " + name + " names a value twice: " + values);
        }
        return new Type<>(name, Kind.ENUMERATION, values);
    }

    /** The whole numbers from {@code min} to {@code max}, both included. */
    public static Type<Integer> range(int min, int max) {
        return new Type<>(
                min + ".." + max,
                Kind.RANGE,
                IntStream.rangeClosed(min, max).boxed().toList());
    }

    public String name() {
        return name;
    }

    public Kind kind() {
        return kind;
    }

    public List<V> values() {
        return values;
    }

    public int size() {
        return values.size();
    }

    /** The number of a value; a value that is not of this type is refused by name. */
    public int numberOf(V value) {
        int number = values.indexOf(value);
        if (number < 0) {
            throw new ModelException(value + " is not of type " + name);
        }
        return number;
    }

    public V valueOf(int number) {
        return values.get(number);
    }

    /** The bits that one value takes. */
    public int bits() {
        return Integer.SIZE - Integer.numberOfLeadingZeros(size() - 1);
    }

    /** Two types are the same if they have the same values in the same order, so that numbers mean the same in both. */
    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof Type<?> that && kind == that.kind && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.size();
    }

    /** Refuses to mix two types, whose numbers would mean different values. */
    static void requireSame(Type<?> one, Type<?> other, String where) {
        if (!one.equals(other)) {
            throw new ModelException(where + " mixes " + one + " with " + other);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
