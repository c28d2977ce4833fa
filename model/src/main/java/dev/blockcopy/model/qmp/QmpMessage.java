package dev.blockcopy.model.qmp;

/** One line from QEMU. */
public sealed interface QmpMessage permits Greeting, QmpReply, QmpEvent {}
