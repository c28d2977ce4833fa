package dev.blockcopy.qemufake;

import java.util.Locale;

/** What can be asked of a job (QAPI {@code JobVerb}). */
public enum JobVerb {
    CANCEL,
    PAUSE,
    RESUME,
    SET_SPEED,
    COMPLETE,
    FINALIZE,
    DISMISS;

    public String wire() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
