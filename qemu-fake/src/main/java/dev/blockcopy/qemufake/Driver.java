package dev.blockcopy.qemufake;

import java.util.Locale;

/** The kinds of block node that the fake knows (QAPI {@code BlockdevDriver}). */
public enum Driver {
    FILE,
    RAW,
    QCOW2,
    /** The filter that a mirror job puts above its source. */
    MIRROR_TOP;

    /** The format with this name, in QAPI's spelling. */
    public static Driver named(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
