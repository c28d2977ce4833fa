package dev.blockcopy.engine.command;

/** The command was interrupted and leaves its jobs as they are; the message tells how to go on. */
final class LeftAloneException extends Exception {
    private static final long serialVersionUID = 1L;

    LeftAloneException(String message) {
        super(message);
    }
}
