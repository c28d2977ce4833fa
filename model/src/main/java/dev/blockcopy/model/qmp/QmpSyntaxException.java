package dev.blockcopy.model.qmp;

/**
 * A line, or a value in it, is not what QMP or QAPI promise; the message names the line and the member.
 *
 * <p>For a request the message is what QEMU itself would answer, in class {@code GenericError}.
 */
public final class QmpSyntaxException extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final int SHOWN_CHARACTERS_MAX = 300;

    private final transient Object requestId;

    QmpSyntaxException(String message) {
        this(message, null);
    }

    QmpSyntaxException(String message, Object requestId) {
        super(message);
        this.requestId = requestId;
    }

    /** The id of the faulty request if it could be read, else {@code null}. */
    public Object requestId() {
        return requestId;
    }

    QmpSyntaxException in(String what, Object value) {
        String text = value instanceof String ? (String) value : JsonText.of(value);
        String shown = text.length() <= SHOWN_CHARACTERS_MAX ? text : text.substring(0, SHOWN_CHARACTERS_MAX) + "...";
        return new QmpSyntaxException(what + ": " + getMessage() + ", in " + shown, requestId);
    }
}
