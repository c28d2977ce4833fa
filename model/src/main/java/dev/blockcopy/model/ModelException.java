package dev.blockcopy.model;

/** A program of the model that says something impossible; the message names what and where. */
public final class ModelException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ModelException(String message) {
        super(message);
    }
}
