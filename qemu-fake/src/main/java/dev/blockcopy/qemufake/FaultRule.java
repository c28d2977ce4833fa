package dev.blockcopy.qemufake;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * One thing that is to go wrong: where, when, what and how often. Data, in three spellings of the same words: a line
 * like QEMU's options, an object of a JSON or YAML file ({@link FaultReader}), and {@link FaultRuleBuilder}.
 *
 * <pre>
 * on=command,name=job-complete,do=cut-before
 * on=write,phase=ready,do=fail,errno=EIO,nth=2,times=always
 * on=completion,do=fail-switched,errno=EPERM
 * </pre>
 *
 * @param keys what it says; nothing that only repeats what holds anyway
 */
public record FaultRule(Map<FaultKey, Object> keys) {
    /**
     * Checks that the words fit together.
     *
     * @throws IllegalArgumentException in one line, if they don't
     */
    public FaultRule {
        Map<FaultKey, Object> said = new EnumMap<>(FaultKey.class);
        said.putAll(keys);
        check(said);
        said.values().removeIf(java.util.Objects::isNull);
        said.entrySet().removeIf(entry -> entry.getValue().equals(entry.getKey().otherwise()));
        keys = Collections.unmodifiableMap(said);
    }

    /** A rule for this place, to be told more. */
    public static FaultRuleBuilder on(FaultPlace place) {
        return new FaultRuleBuilder(place);
    }

    /**
     * Reads one rule.
     *
     * @throws IllegalArgumentException in one line, if it is none
     */
    public static FaultRule parse(String text) {
        List<FaultRule> rules = FaultReader.rules(text);
        if (rules.size() != 1) {
            throw new IllegalArgumentException("fault '" + text + "' is a preset of " + rules.size() + " rules");
        }
        return rules.get(0);
    }

    private static void check(Map<FaultKey, Object> said) {
        FaultPlace on = (FaultPlace) required(said, FaultKey.ON);
        FaultAct act = (FaultAct) required(said, FaultKey.DO);
        if (!on.takes(act)) {
            throw new IllegalArgumentException("on=" + on.wire() + " takes no do=" + act.wire() + ", it takes "
                    + on.acts().stream().sorted().map(FaultAct::wire).toList());
        }
        act.keys().stream().filter(act::requires).forEach(key -> required(said, key));
        for (FaultKey key : said.keySet()) {
            if (!on.takes(key) && !act.keys().contains(key)) {
                throw new IllegalArgumentException(
                        "on=" + on.wire() + ",do=" + act.wire() + " takes no " + key.wire() + "=, leave it out");
            }
        }
    }

    private static Object required(Map<FaultKey, Object> said, FaultKey key) {
        Object value = said.get(key);
        if (value == null) {
            throw new IllegalArgumentException(key.wire() + "= is missing");
        }
        return value;
    }

    public FaultPlace on() {
        return (FaultPlace) keys.get(FaultKey.ON);
    }

    public FaultAct act() {
        return (FaultAct) keys.get(FaultKey.DO);
    }

    /** Whether the rule itself says something of this. */
    boolean says(FaultKey key) {
        return keys.containsKey(key);
    }

    /** What the rule says, or what holds where it says nothing. */
    private Object value(FaultKey key) {
        return keys.getOrDefault(key, key.otherwise());
    }

    long number(FaultKey key) {
        return (Long) value(key);
    }

    double chance() {
        return (Double) value(FaultKey.CHANCE);
    }

    /** Null where it says nothing. */
    String text(FaultKey key) {
        return (String) value(key);
    }

    Errno errno() {
        return (Errno) value(FaultKey.ERRNO);
    }

    /** Whether a name is among those of the rule, or the rule names none. */
    boolean isNamed(String name) {
        return !says(FaultKey.NAME) || ((List<?>) value(FaultKey.NAME)).contains(name);
    }

    boolean isFor(FaultKey key, Object value) {
        return !says(key) || value(key).equals(value);
    }

    /** The rule as a line, its words always in the same order; the journal repeats it. */
    public String text() {
        List<String> parts = new ArrayList<>();
        keys.forEach((key, value) ->
                parts.add(key.wire() + "=" + FaultKey.write(value).replace(",", ",,")));
        return String.join(",", parts);
    }

    @Override
    public String toString() {
        return text();
    }
}
