package dev.blockcopy.engine;

import dev.blockcopy.model.lifecycle.Facts.Switch;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The words that a QEMU understands for a copy; chosen by asking it which commands it has, never by its version. */
public enum Dialect {
    /** Jobs with ids that stay until they are dismissed, nodes with names: QEMU 3.1 and later. */
    JOB_API(
            "job API",
            Switch.COMPLETE,
            "",
            List.of(
                    "blockdev-add",
                    "blockdev-del",
                    "blockdev-create",
                    "blockdev-mirror",
                    "block-job-cancel",
                    "job-cancel",
                    "job-complete",
                    "job-dismiss",
                    "job-finalize",
                    "query-block",
                    "query-jobs",
                    "query-named-block-nodes",
                    "query-status",
                    "stop",
                    "cont",
                    "x-debug-query-block-graph")),
    /** {@code drive-mirror} and {@code block-job-complete}: QEMU 1.3 and later. */
    DRIVE_MIRROR(
            "drive-mirror and block-job-complete", Switch.COMPLETE, "", List.of("drive-mirror", "block-job-complete")),
    /** {@code drive-mirror} and a {@code drive-reopen} inside {@code transaction}; no QEMU that is known. */
    TRANSACTION_REOPEN(
            "drive-mirror and drive-reopen in a transaction",
            Switch.TRANSACTION_REOPEN,
            "",
            List.of("drive-mirror", "transaction", "query-qmp-schema")),
    /** {@code drive-mirror} and {@code drive-reopen}, as proposed in 2012. */
    DRIVE_REOPEN("drive-mirror and drive-reopen", Switch.REOPEN, "", List.of("drive-mirror", "drive-reopen")),
    /** The same as RHEL 6 had it. */
    RED_HAT(
            "__com.redhat_drive-mirror and __com.redhat_drive-reopen",
            Switch.REOPEN,
            "__com.redhat_",
            List.of("__com.redhat_drive-mirror", "__com.redhat_drive-reopen"));

    private static final List<String> NEEDED_BY_OLD =
            List.of("block-job-cancel", "query-block-jobs", "query-block", "query-status", "stop", "cont");

    private final String words;
    private final Switch switching;
    private final String prefix;
    private final List<String> needed;

    Dialect(String words, Switch switching, String prefix, List<String> needed) {
        this.words = words;
        this.switching = switching;
        this.prefix = prefix;
        this.needed = needed;
    }

    /**
     * The best dialect of a QEMU with these commands.
     *
     * @param canReopenInTransaction what its schema says of {@code transaction}, where it has one
     */
    static Optional<Dialect> of(Set<String> commands, boolean canReopenInTransaction) {
        return Arrays.stream(values())
                .filter(dialect -> dialect.missingFrom(commands).isEmpty())
                .filter(dialect -> dialect != TRANSACTION_REOPEN || canReopenInTransaction)
                .findFirst();
    }

    /** What a QEMU with these commands lacks for this dialect. */
    List<String> missingFrom(Set<String> commands) {
        return java.util.stream.Stream.concat(
                        needed.stream(), this == JOB_API ? java.util.stream.Stream.empty() : NEEDED_BY_OLD.stream())
                .filter(name -> !commands.contains(name))
                .toList();
    }

    /** For people. */
    public String words() {
        return words;
    }

    /** How it switches to the destination. */
    Switch switching() {
        return switching;
    }

    /** A command that was new in 2012, by the name that this QEMU gives it. */
    String name(String command) {
        return prefix + command;
    }

    boolean isJobApi() {
        return this == JOB_API;
    }

    /** From before jobs said ready by an event, before {@code force} and before {@code sync}. */
    boolean isOf2012() {
        return switching == Switch.REOPEN;
    }

    /** Whether a pivot can't leave the guest without a disk. */
    boolean isAtomic() {
        return switching != Switch.REOPEN;
    }

    /** Whether a pivot can have a witness: an open file that QEMU gets beside its lines. */
    boolean takesWitness() {
        return switching == Switch.REOPEN || switching == Switch.TRANSACTION_REOPEN;
    }

    /** The way in which a job in this dialect is spoken of. */
    Speech speech() {
        return isJobApi() ? JobApiSpeech.SPEECH : OldSpeech.SPEECH;
    }
}
