package dev.blockcopy.engine.qmp;

import dev.blockcopy.model.qmp.QmpCommand;
import dev.blockcopy.model.qmp.QmpReply;

/** QEMU refused a command. */
public final class QmpCommandException extends QmpException {

    private static final long serialVersionUID = 1L;

    private final transient QmpCommand command;
    private final String errorClass;
    private final String description;

    QmpCommandException(String address, QmpCommand command, QmpReply.Failure failure) {
        super(address + ": " + command.execute() + ": " + failure.description() + " (" + failure.errorClass() + ")");
        this.command = command;
        this.errorClass = failure.errorClass();
        this.description = failure.description();
    }

    /** What was asked. */
    public QmpCommand command() {
        return command;
    }

    /** QEMU's class of the error, such as {@code DeviceNotActive}. */
    public String errorClass() {
        return errorClass;
    }

    /** QEMU's words, for people. */
    public String description() {
        return description;
    }
}
