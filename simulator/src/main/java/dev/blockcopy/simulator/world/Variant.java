package dev.blockcopy.simulator.world;

import dev.blockcopy.model.lifecycle.Facts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * One way to make a pivot survive, by the choices that it is made of. The shipped table is one of them.
 *
 * @param switching by which command QEMU switches
 * @param around what the guest does meanwhile
 * @param copy when a write of the guest reaches the destination
 * @param evidence what is looked at after the replies; a reply that comes is always believed
 * @param journal when the intention is written down
 */
public record Variant(Switching switching, Around around, CopyMode copy, Set<Evidence> evidence, Journal journal) {
    /** By which command QEMU switches to the destination. */
    public enum Switching {
        /** {@code job-complete}. */
        COMPLETE,
        /** {@code drive-reopen} of 2012: the mirror is cancelled, the old image closed, the new one opened. */
        REOPEN,
        /** A reopen that proves the new image before it closes the old one. */
        TRANSACTION_REOPEN
    }

    /** What the guest does while QEMU switches. */
    public enum Around {
        RUNNING,
        PAUSED,
        /**
         * It runs on until the job is pending, both images equal and its writes waiting; then it is paused, and the job
         * finalized ({@code auto-finalize=false}).
         */
        PENDING_FIRST
    }

    /** When a write of the guest reaches the destination. */
    public enum CopyMode {
        BACKGROUND,
        WRITE_BLOCKING
    }

    /** What tells how it ended, besides the replies. */
    public enum Evidence {
        /** A query which image the disk leads to. */
        GRAPH,
        /** A file that QEMU writes a byte to before the guest may write to the destination. */
        WITNESS,
        /** {@code auto-dismiss=false}: the concluded job is kept until it is dismissed. */
        CONCLUDED,
        /** Both images are compared where QEMU is dead. */
        COMPARISON
    }

    /** When the intention to pivot is written down. */
    public enum Journal {
        BEFORE,
        /** As libvirt 9 does. */
        AFTER_REPLY,
        /** As the patch of 2012 did. */
        NONE
    }

    /** What ships. */
    public static final Variant SHIPPED = new Variant(
            Switching.COMPLETE,
            Around.PAUSED,
            CopyMode.BACKGROUND,
            EnumSet.of(Evidence.GRAPH, Evidence.CONCLUDED),
            Journal.BEFORE);

    public Variant {
        evidence = Set.copyOf(evidence);
        if (switching == Switching.COMPLETE && evidence.contains(Evidence.WITNESS)) {
            throw new IllegalArgumentException(
                    "evidence=witness contradicts switch=complete: only a reopen writes to a witness");
        }
        if (switching != Switching.COMPLETE && evidence.contains(Evidence.CONCLUDED)) {
            throw new IllegalArgumentException("evidence=concluded contradicts switch=" + key(switching)
                    + ": a reopen cancels its job, and nothing of it is kept");
        }
        if (switching != Switching.COMPLETE && around == Around.PENDING_FIRST) {
            throw new IllegalArgumentException("guest=pending-first contradicts switch=" + key(switching)
                    + ": only a job that is completed can be pending");
        }
    }

    /** The shipped variant, but for these choices: {@code switch=reopen} and so on. */
    public static Variant of(List<String> choices) {
        Variant variant = SHIPPED;
        for (String choice : choices) {
            if (choice.startsWith("switch=") && !choice.equals("switch=complete")) {
                variant = new Variant(
                        Switching.REOPEN, variant.around, variant.copy, EnumSet.of(Evidence.GRAPH), variant.journal);
            }
        }
        Set<String> chosen = new HashSet<>();
        for (String choice : choices) {
            if (!chosen.add(choice.replaceFirst("=.*", ""))) {
                throw new IllegalArgumentException("'" + choice + "' is a second choice of the same: leave one out");
            }
            variant = variant.with(choice);
        }
        return variant;
    }

    private Variant with(String choice) {
        int equals = choice.indexOf('=');
        String value = choice.substring(equals + 1);
        return switch (equals < 0 ? choice : choice.substring(0, equals)) {
            case "switch" -> new Variant(one("switch", Switching.values(), value), around, copy, evidence, journal);
            case "guest" -> new Variant(switching, one("guest", Around.values(), value), copy, evidence, journal);
            case "copy" -> new Variant(switching, around, one("copy", CopyMode.values(), value), evidence, journal);
            case "evidence" -> new Variant(switching, around, copy, evidenceOf(value), journal);
            case "journal" -> new Variant(switching, around, copy, evidence, one("journal", Journal.values(), value));
            default ->
                throw new IllegalArgumentException("'" + choice
                        + "' is no choice of a variant: there are switch=, guest=, copy=, evidence= and journal=");
        };
    }

    private static Set<Evidence> evidenceOf(String value) {
        Set<Evidence> all = EnumSet.noneOf(Evidence.class);
        for (String part : value.split("\\+")) {
            if (!part.equals("reply")) {
                all.add(one("evidence", Evidence.values(), part));
            }
        }
        return all;
    }

    private static <E extends Enum<E>> E one(String dimension, E[] values, String key) {
        return Arrays.stream(values)
                .filter(value -> key(value).equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no " + dimension + "=" + key + ": choose "
                        + String.join(
                                ", ", Arrays.stream(values).map(Variant::key).toList())));
    }

    static String key(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    boolean has(Evidence one) {
        return evidence.contains(one);
    }

    /** Whether an event of the session is all that tells how a job ended. */
    boolean endsAreHeard() {
        return !has(Evidence.CONCLUDED);
    }

    Facts.Switch command() {
        return around == Around.PENDING_FIRST ? Facts.Switch.FINALIZE : Facts.Switch.valueOf(switching.name());
    }

    /** The choices, one word for each dimension, as the command line takes them. */
    @Override
    public String toString() {
        List<String> evidences = new ArrayList<>(List.of("reply"));
        new TreeSet<>(evidence).forEach(one -> evidences.add(key(one)));
        return String.join(
                ",",
                "switch=" + key(switching),
                "guest=" + key(around),
                "copy=" + key(copy),
                "evidence=" + String.join("+", evidences),
                "journal=" + key(journal));
    }

    /** Who is what ships. */
    boolean isShipped() {
        return equals(SHIPPED);
    }
}
