package dev.blockcopy.model;

/**
 * Something that a state remembers: a single value, or an array of them (one for each disk).
 *
 * @param name what it is called in every print and export
 * @param type the finite type of each element
 * @param lifetime what becomes of it when the manager dies
 * @param initial the value of each element at the beginning
 * @param length the number of elements; 1 for a plain variable
 * @param <V> the Java type of the values
 */
public record Variable<V>(String name, Type<V> type, Lifetime lifetime, V initial, int length) implements Place {
    public Variable {
        if (length < 1) {
            throw new ModelException("array " + name + " has " + length + " elements: give it at least 1");
        }
        type.numberOf(initial);
    }

    /** A plain variable, as the slot that reads and writes it. */
    public static <V> Slot<V> of(String name, Type<V> type, Lifetime lifetime, V initial) {
        return new Variable<>(name, type, lifetime, initial, 1).at(0);
    }

    public Slot<V> at(int index) {
        if (index < 0 || index >= length) {
            throw new ModelException(name + " has no element " + index + ": it has " + length);
        }
        return new Slot<>(this, index);
    }

    @Override
    public int width() {
        return length;
    }

    @Override
    public Type<?> typeOf(int offset) {
        return type;
    }

    @Override
    public int initialAt(int offset) {
        return type.numberOf(initial);
    }
}
