package dev.blockcopy.model.qmp;

/**
 * A QAPI enumeration: constants are the wire words in capitals with {@code _} for {@code -}.
 *
 * <p>Each has a last constant {@code UNKNOWN}, read for a word that this version does not know (a newer QEMU); it cannot
 * be sent.
 */
public interface WireEnum {

    /**
     * The word on the wire.
     *
     * @throws IllegalArgumentException for {@code UNKNOWN}
     */
    default String wire() {
        Enum<?> constant = (Enum<?>) this;
        if (constant.name().equals("UNKNOWN")) {
            throw new IllegalArgumentException(
                    constant.getDeclaringClass().getSimpleName() + ".UNKNOWN cannot be sent");
        }
        return Spelling.ofConstant(constant);
    }
}
