package dev.blockcopy.qemufake;

/** A command is answered with an error; what it had done so far in the way of events stays told. */
final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    static final String GENERIC = "GenericError";

    private final String errorClass;

    private Refused(String errorClass, String desc) {
        super(desc, null, false, false);
        this.errorClass = errorClass;
    }

    static Refused generic(String format, Object... parts) {
        return new Refused(GENERIC, parts.length == 0 ? format : String.format(format, parts));
    }

    static Refused of(String errorClass, String desc) {
        return new Refused(errorClass, desc);
    }

    String errorClass() {
        return errorClass;
    }
}
