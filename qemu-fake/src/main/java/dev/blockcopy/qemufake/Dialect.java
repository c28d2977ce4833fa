package dev.blockcopy.qemufake;

import dev.blockcopy.model.qmp.Greeting;
import dev.blockcopy.model.qmp.VersionInfo;
import dev.blockcopy.model.qmp.VersionTriple;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which QEMU the fake is: its commands, its events, its words.
 *
 * <p>All but {@link #QEMU_7_2} are from before the job API: a job is known by its device, leaves no trace when it ends,
 * and nodes have no names. What each command took is from the command tables of those ages (RHEL 6 {@code
 * qmp-commands.hx}, QEMU 1.3 {@code qapi-schema.json}); {@link #ATOMIC} never was.
 */
public enum Dialect {
    QEMU_7_2("qemu-7.2", new VersionTriple(22, 2, 7), List.of("oob"), Set.of()),
    /** {@code drive-mirror}, {@code block-job-complete}, no job API. */
    QEMU_1_3("qemu-1.3", new VersionTriple(0, 3, 1), List.of(), Age.OF_1_3),
    /** As proposed in spring 2012: {@code drive-mirror}, {@code drive-reopen} with a witness; nobody says ready. */
    PROPOSAL_2012("proposal-2012", new VersionTriple(50, 0, 1), List.of(), Age.OF_2012),
    /** The same as it shipped: {@code __com.redhat_drive-mirror}, {@code __com.redhat_drive-reopen}. */
    RHEL6("rhel6", new VersionTriple(1, 12, 0), List.of(), Age.OF_2012),
    /** Hypothetical: {@code drive-reopen} and {@code block-job-cancel} inside {@code transaction}. */
    ATOMIC("atomic", new VersionTriple(90, 2, 1), List.of(), Age.OF_1_3);

    /** The events of an age; those of 7.2 are not listed, it tells all. */
    private static final class Age {
        static final Set<String> OF_2012 =
                Set.of("STOP", "RESUME", "SHUTDOWN", "BLOCK_JOB_COMPLETED", "BLOCK_JOB_CANCELLED");
        static final Set<String> OF_1_3 = Set.of(
                "STOP",
                "RESUME",
                "SHUTDOWN",
                "BLOCK_JOB_COMPLETED",
                "BLOCK_JOB_CANCELLED",
                "BLOCK_JOB_READY",
                "BLOCK_JOB_ERROR");
    }

    private final String wire;
    private final VersionTriple version;
    private final List<String> capabilities;
    private final Set<String> events;
    private Map<String, Command> commands;

    Dialect(String wire, VersionTriple version, List<String> capabilities, Set<String> events) {
        this.wire = wire;
        this.version = version;
        this.capabilities = capabilities;
        this.events = events;
    }

    /**
     * The dialect with this name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Dialect named(String wire) {
        return Arrays.stream(values())
                .filter(dialect -> dialect.wire.equals(wire))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no dialect '" + wire + "'; there are "
                        + String.join(
                                ", ", Arrays.stream(values()).map(Dialect::wire).toList())));
    }

    public String wire() {
        return wire;
    }

    /** The first line for every client. */
    Greeting greeting() {
        return new Greeting(new VersionInfo(version, StatusCommands.PACKAGE), capabilities);
    }

    VersionTriple version() {
        return version;
    }

    /** By name, in the order of which {@code query-commands} gives the reverse. */
    synchronized Map<String, Command> commands() {
        if (commands == null) {
            commands = Commands.of(this);
        }
        return commands;
    }

    /** The command with this name, or null. */
    Command command(String name) {
        return commands().get(name);
    }

    boolean tells(String event) {
        return events.isEmpty() || events.contains(event);
    }

    boolean hasJobApi() {
        return this == QEMU_7_2;
    }

    boolean isOf2012() {
        return events == Age.OF_2012;
    }
}
