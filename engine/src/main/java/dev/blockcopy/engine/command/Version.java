package dev.blockcopy.engine.command;

import picocli.CommandLine.IVersionProvider;

/** The version of the jar, as its manifest tells it. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Blockcopy.class.getPackage().getImplementationVersion();
        return new String[] {"blockcopy " + (version == null ? "(not from a jar)" : version)};
    }
}
