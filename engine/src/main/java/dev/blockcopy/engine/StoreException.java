package dev.blockcopy.engine;

/**
 * The store can't be used, or the outcome of a write to it is not known. Nobody may go on with a job whose step could
 * not be written down. The message names the store and the remedy.
 */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StoreException(String message) {
        super(message);
    }

    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
