package dev.blockcopy.model.qmp;

import java.util.List;

/** The first line of every session. */
public record Greeting(VersionInfo version, List<String> capabilities) implements QmpMessage, QmpRecord {}
