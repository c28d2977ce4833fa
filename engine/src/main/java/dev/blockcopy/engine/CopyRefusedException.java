package dev.blockcopy.engine;

/** A request that is not carried out, with nothing changed; the message names the input and the remedy. */
public final class CopyRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Whose doing it is, which is also the exit code of the command. */
    public enum Kind {
        /** The request itself is wrong. */
        INPUT(2),
        /** The job is not in a state for it. */
        STATE(3),
        /** Monitor, store or disk don't let us. */
        ENVIRONMENT(7),
        /** This QEMU can't do what is demanded. */
        DEMAND(8);

        private final int exitCode;

        Kind(int exitCode) {
            this.exitCode = exitCode;
        }

        public int exitCode() {
            return exitCode;
        }
    }

    private final Kind kind;

    public CopyRefusedException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
