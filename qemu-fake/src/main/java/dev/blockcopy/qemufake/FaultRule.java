package dev.blockcopy.qemufake;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * One thing that is to go wrong: where, when, what and how often. Data, written as QEMU writes options.
 *
 * <pre>
 * on=command,name=job-complete,do=cut-before
 * on=write,phase=ready,do=fail,errno=EIO,nth=2,times=always
 * on=completion,do=fail,errno=EPERM,switched=on
 * </pre>
 *
 * @param text as it was written; the journal repeats it
 * @param on where it strikes
 * @param name the command; null for any
 * @param job the job; null for any
 * @param phase the job's status; null for any
 * @param after bytes that the job must have carried before
 * @param nth strikes from the nth time on, from 1
 * @param times how often it strikes
 * @param act what happens
 * @param errno the system error of a failure
 * @param errorClass the class of an error reply
 * @param desc the text of an error reply
 * @param millis how long lines are held back
 * @param isSwitched a failed completion leaves the disk on the target all the same
 */
public record FaultRule(
        String text,
        Place on,
        String name,
        String job,
        String phase,
        long after,
        int nth,
        int times,
        Act act,
        Errno errno,
        String errorClass,
        String desc,
        long millis,
        boolean isSwitched) {

    /** Where a fault can strike. */
    public enum Place {
        COMMAND,
        READ,
        WRITE,
        FLUSH,
        COMPLETION
    }

    /** What a fault does. */
    public enum Act {
        /** The command is answered with an error and does nothing. */
        ERROR,
        /** The command does its work and is never answered. */
        SILENCE,
        /** The command is neither done nor answered. */
        SWALLOW,
        /** The command does its work; all lines of its monitor are held back for a time. */
        DELAY,
        /** The connection goes before the command has done anything. */
        CUT_BEFORE,
        /** The command does its work; the connection goes before anything is told of it. */
        CUT_AFTER,
        /** The host's read, write or flush fails, or the job's completion does. */
        FAIL,
        /** QEMU is gone, as by SIGKILL, before anything else happens. */
        DIE
    }

    private static final Set<String> KEYS = Set.of(
            "on",
            "name",
            "job",
            "phase",
            "after",
            "nth",
            "times",
            "do",
            "errno",
            "class",
            "desc",
            "millis",
            "switched");
    private static final Set<Act> OF_COMMANDS =
            Set.of(Act.ERROR, Act.SILENCE, Act.SWALLOW, Act.DELAY, Act.CUT_BEFORE, Act.CUT_AFTER, Act.DIE);
    private static final Set<Act> OF_JOBS = Set.of(Act.FAIL, Act.DIE);
    private static final String ALWAYS = "always";

    /**
     * Reads a rule.
     *
     * @throws IllegalArgumentException in one line, if it is none
     */
    public static FaultRule parse(String text) {
        Map<String, String> keys = keys(text);
        Place on = constant(Place.class, "on", require(keys, "on", text));
        Act act = constant(Act.class, "do", require(keys, "do", text));
        if (!(on == Place.COMMAND ? OF_COMMANDS : OF_JOBS).contains(act)) {
            throw new IllegalArgumentException("fault '" + text + "': on=" + wire(on) + " takes no do=" + wire(act));
        }
        return new FaultRule(
                text,
                on,
                keys.get("name"),
                keys.get("job"),
                keys.get("phase"),
                number(keys, "after", 0),
                (int) number(keys, "nth", 1),
                keys.getOrDefault("times", "1").equals(ALWAYS) ? Integer.MAX_VALUE : (int) number(keys, "times", 1),
                act,
                constant(Errno.class, "errno", keys.getOrDefault("errno", "EIO")),
                keys.getOrDefault("class", Refused.GENERIC),
                keys.getOrDefault("desc", "Injected failure"),
                number(keys, "millis", 0),
                keys.getOrDefault("switched", "off").equals("on"));
    }

    /** Options apart at commas; two commas are one comma of a value, as QEMU has it. */
    private static Map<String, String> keys(String text) {
        Map<String, String> keys = new LinkedHashMap<>();
        for (String part : text.replace(",,", "\0").split(",")) {
            int equals = part.indexOf('=');
            String key = equals < 0 ? part : part.substring(0, equals);
            if (equals < 0 || !KEYS.contains(key)) {
                throw new IllegalArgumentException("fault '" + text + "': unknown key '" + key + "', there are "
                        + List.copyOf(KEYS).stream().sorted().toList());
            }
            keys.put(key, part.substring(equals + 1).replace('\0', ','));
        }
        return keys;
    }

    private static String require(Map<String, String> keys, String key, String text) {
        if (!keys.containsKey(key)) {
            throw new IllegalArgumentException("fault '" + text + "': " + key + "= is missing");
        }
        return keys.get(key);
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String key, String value) {
        try {
            return Enum.valueOf(type, value.toUpperCase(Locale.ROOT).replace('-', '_'));
        } catch (IllegalArgumentException e) {
            List<String> known = java.util.Arrays.stream(type.getEnumConstants())
                    .map(FaultRule::wire)
                    .toList();
            throw new IllegalArgumentException("fault: " + key + "=" + value + " is none of " + known, e);
        }
    }

    private static String wire(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static long number(Map<String, String> keys, String key, long otherwise) {
        long number = keys.containsKey(key) ? Sizes.parse(keys.get(key)) : otherwise;
        if (number < 0) {
            throw new IllegalArgumentException("fault: " + key + "=" + keys.get(key) + " is no number");
        }
        return number;
    }
}
