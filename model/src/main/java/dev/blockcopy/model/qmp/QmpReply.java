package dev.blockcopy.model.qmp;

/** The answer to one request; its id is the request's, or {@code null} if that had none that could be read. */
public sealed interface QmpReply extends QmpMessage {

    /** The request's id, any JSON value. */
    Object id();

    /** The command was carried out, or its job was started; {@code value} is a plain JDK value, often an empty map. */
    record Success(Object id, Object value) implements QmpReply {}

    /**
     * The command failed.
     *
     * @param errorClass {@code GenericError}, {@code CommandNotFound}, {@code DeviceNotActive}, {@code DeviceNotFound} or
     *     {@code KVMMissingCap}
     * @param description for people; its wording may change from one QEMU to the next
     */
    record Failure(Object id, String errorClass, String description) implements QmpReply {}
}
