package dev.blockcopy.engine.command;

/** Logging of the command: nothing unless it is asked for, and then on standard error. */
final class Logging {
    private static final String LEVEL = "org.slf4j.simpleLogger.log.";
    private static final String WIRE = "dev.blockcopy.qmp.wire";

    private Logging() {}

    /** Counts only before the first logger is made. */
    static void configure(boolean verbose, boolean debug, boolean wireLog) {
        set("org.slf4j.simpleLogger.defaultLogLevel", "off");
        set("org.slf4j.simpleLogger.showDateTime", "true");
        set("org.slf4j.simpleLogger.dateTimeFormat", "HH:mm:ss.SSS");
        set("org.slf4j.simpleLogger.showThreadName", "false");
        set(LEVEL + "dev.blockcopy", debug ? "debug" : verbose ? "info" : "off");
        set(LEVEL + WIRE, wireLog ? "debug" : "off");
    }

    /** What the person who runs us has set stays. */
    private static void set(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
