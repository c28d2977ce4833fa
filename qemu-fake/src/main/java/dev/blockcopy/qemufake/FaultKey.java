package dev.blockcopy.qemufake;

import dev.blockcopy.model.qmp.JobStatus;
import dev.blockcopy.model.qmp.RunState;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** A word that a rule can say; the same one on the command line, in a file and in Java. */
public enum FaultKey {
    ID("a name for the rule, repeated in the journal", "", text -> text),
    ON("where it strikes", null, text -> constant(FaultPlace.values(), text)),
    NAME(
            "names of commands or events, with / between them; with on=open the file's path or the last part of it",
            List.of(),
            FaultKey::names),
    JOB("the id of the job", null, text -> text),
    DISK("the drive id, QOM path or node name of the disk", null, text -> text),
    MONITOR("the monitor, from 0", -1L, FaultKey::number),
    AT("only the piece of the disk that holds this byte", -1L, FaultKey::number),
    PHASE("only while the job has this status", null, FaultKey::phase),
    RUN_STATE("only while query-status says so", null, FaultKey::runState),
    AFTER("only when the job has carried that many bytes", 0L, FaultKey::number),
    FILE("only while a file of this name exists", null, text -> text),
    NTH("from the nth time on", 1L, FaultKey::count),
    CHANCE("with this probability, 0 to 1; the same for the same seed", 1.0, FaultKey::chance),
    TIMES("how often at most, or always", 1L, text -> text.equals(FaultKey.ALWAYS) ? Long.MAX_VALUE : count(text)),
    DO("what happens", null, text -> constant(FaultAct.values(), text)),
    ERRNO("the system error", Errno.EIO, text -> constant(Errno.values(), text)),
    CLASS("the class of the error", Refused.GENERIC, text -> text),
    DESC("the text of the error", "Injected failure", text -> text),
    MILLIS("for how long; 0 is until reset", 0L, FaultKey::number),
    COPIES("how many more", 1L, FaultKey::count),
    EXECUTE("the command; it gets the id of the job where it wants one", null, FaultKey::command);

    static final String ALWAYS = "always";

    private final String meaning;
    private final Object otherwise;
    private final Function<String, Object> reader;

    FaultKey(String meaning, Object otherwise, Function<String, Object> reader) {
        this.meaning = meaning;
        this.otherwise = otherwise;
        this.reader = reader;
    }

    public String wire() {
        return spelled(this);
    }

    /** What it says, in a few words. */
    public String meaning() {
        return meaning;
    }

    /** What holds where a rule does not say; null for nothing. */
    Object otherwise() {
        return otherwise;
    }

    /** The value behind a text; a text that is none is refused with the remedy. */
    Object read(String text) {
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(wire() + "=" + text + " " + e.getMessage(), e);
        }
    }

    /** The text of a value. */
    static String write(Object value) {
        if (value instanceof List<?> names) {
            return String.join("/", names.stream().map(String::valueOf).toList());
        }
        if (value instanceof Errno || !(value instanceof Enum<?> constant)) {
            return value.equals(Long.MAX_VALUE) ? ALWAYS : value.toString();
        }
        return spelled(constant);
    }

    static String spelled(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static FaultKey named(String name) {
        return Arrays.stream(values())
                .filter(key -> key.wire().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown key '" + name + "', there are "
                        + Arrays.stream(values()).map(FaultKey::wire).toList()));
    }

    private static <E extends Enum<E>> E constant(E[] constants, String text) {
        for (E constant : constants) {
            if (write(constant).equals(text)) {
                return constant;
            }
        }
        throw new IllegalArgumentException(
                "is none of " + Arrays.stream(constants).map(FaultKey::write).toList());
    }

    /** A path is one name. */
    private static Object names(String text) {
        return List.of(text.startsWith("/") ? new String[] {text} : text.split("/"));
    }

    private static Object phase(String text) {
        return constant(Arrays.copyOf(JobStatus.values(), JobStatus.UNKNOWN.ordinal()), text);
    }

    private static Object runState(String text) {
        return constant(Arrays.copyOf(RunState.values(), RunState.UNKNOWN.ordinal()), text);
    }

    private static Object command(String text) {
        if (Arrays.stream(Dialect.values()).allMatch(dialect -> dialect.command(text) == null)) {
            throw new IllegalArgumentException("is no command of this QEMU");
        }
        return text;
    }

    private static long number(String text) {
        long number = Sizes.parse(text);
        if (number < 0) {
            throw new IllegalArgumentException("is no number from 0, like 7, 64k or 1M");
        }
        return number;
    }

    private static long count(String text) {
        long number = Sizes.parse(text);
        if (number < 1) {
            throw new IllegalArgumentException("is no number from 1");
        }
        return number;
    }

    private static double chance(String text) {
        try {
            double chance = Double.parseDouble(text);
            if (chance >= 0 && chance <= 1) {
                return chance;
            }
        } catch (NumberFormatException e) {
            // Said below, as for a number that is too large.
        }
        throw new IllegalArgumentException("is no number from 0 to 1, like 0.25");
    }
}
