package dev.blockcopy.engine.store;

import dev.blockcopy.model.Lifetime;
import dev.blockcopy.model.Slot;
import dev.blockcopy.model.Valuation;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.TransitionTable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;

/** The durable facts as columns: the name is the slot's, the value is the constant's name, or 0 or 1. */
final class FactColumns {
    private static final List<Slot<?>> SLOTS = Facts.SLOTS.stream()
            .filter(slot -> slot.variable().lifetime() == Lifetime.DURABLE)
            .toList();

    static final List<String> NAMES = SLOTS.stream().map(Slot::toString).toList();

    /** A column says something that this program does not know; the message names column and value. */
    static final class UnknownValue extends Exception {
        private static final long serialVersionUID = 1L;

        UnknownValue(String message) {
            super(message);
        }
    }

    private FactColumns() {}

    /** Adds the values of the columns, in the order of {@link #NAMES}. */
    static void addValuesOf(Valuation facts, List<Object> values) {
        for (Slot<?> slot : SLOTS) {
            values.add(column(facts.get(slot)));
        }
    }

    /** The facts as a crash leaves them. */
    static Valuation read(ResultSet row) throws SQLException, UnknownValue {
        Valuation facts = Facts.LAYOUT.initial();
        for (Slot<?> slot : SLOTS) {
            facts = with(facts, slot, row.getString(slot.toString()));
        }
        return TransitionTable.restored(facts);
    }

    private static <V> Valuation with(Valuation facts, Slot<V> slot, String text) throws UnknownValue {
        for (V value : slot.type().values()) {
            if (Objects.equals(text, column(value).toString())) {
                return facts.with(slot, value);
            }
        }
        throw new UnknownValue("column " + slot + " says '" + text + "', which this blockcopy does not know");
    }

    private static Object column(Object value) {
        if (value instanceof Boolean yes) {
            return yes ? 1 : 0;
        }
        return value instanceof Enum<?> constant ? constant.name() : value.toString();
    }
}
