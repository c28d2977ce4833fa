package dev.blockcopy.engine.standard;

/** A variable of the process's environment says what can't be meant; the message says which, and what it may say. */
public final class BadEnvironmentException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    BadEnvironmentException(String message) {
        super(message);
    }
}
