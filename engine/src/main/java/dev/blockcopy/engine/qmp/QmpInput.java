package dev.blockcopy.engine.qmp;

import dev.blockcopy.model.qmp.QmpCommand;
import dev.blockcopy.model.qmp.QmpEvent;
import dev.blockcopy.model.qmp.QmpReply;

/** What comes from a monitor, in the order of its arrival. */
public sealed interface QmpInput {

    /** The greeting came and the negotiation is done: from now on there are replies. Not if it fails. */
    record Opened() implements QmpInput {}

    /** The reply to a command, perhaps after {@link TimedOut}. */
    record Replied(String id, QmpCommand command, QmpReply reply) implements QmpInput {}

    /** Something happened in QEMU. */
    record Happened(QmpEvent event) implements QmpInput {}

    /** A reply is overdue, and its command's effect unknown; the reply may still come. */
    record TimedOut(String id, QmpCommand command) implements QmpInput {}

    /** The connection has ended, the effect of all commands without reply is unknown. Always the last input. */
    record Lost(String why) implements QmpInput {}
}
