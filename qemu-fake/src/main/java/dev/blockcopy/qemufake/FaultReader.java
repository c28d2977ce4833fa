package dev.blockcopy.qemufake;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads rules: a line like QEMU's options, or the plain values of a JSON or YAML document. A first word without a value
 * names a preset, and what follows is said of each of its rules too.
 *
 * <pre>
 * refused-pivot,nth=2
 * on=command,name=job-complete,do=cut-before
 * [{"on": "write", "do": "fail", "errno": "ENOSPC"}, "hosed"]
 * </pre>
 */
public final class FaultReader {
    private static final String PRESET = "preset";

    private FaultReader() {}

    /**
     * The rules of a line.
     *
     * @throws IllegalArgumentException in one line, if it has none
     */
    public static List<FaultRule> rules(String line) {
        return rules(line, words(line));
    }

    /**
     * The rules of a document: a list, or one rule alone; a rule is an object or a line.
     *
     * @throws IllegalArgumentException in one line, if there is something else
     */
    public static List<FaultRule> rulesOf(Object document) {
        List<FaultRule> rules = new ArrayList<>();
        for (Object one : document instanceof List<?> list ? list : List.of(document)) {
            if (one instanceof Map<?, ?> object) {
                rules.addAll(rules(String.valueOf(object), words(object)));
            } else {
                rules.addAll(rules(String.valueOf(one)));
            }
        }
        return rules;
    }

    /** Options apart at commas; two commas are one comma of a value, as QEMU has it. */
    private static Map<String, String> words(String line) {
        Map<String, String> words = new LinkedHashMap<>();
        for (String part : line.replace(",,", "\0").split(",")) {
            int equals = part.indexOf('=');
            if (equals < 0 && !words.isEmpty()) {
                throw new IllegalArgumentException(
                        "fault '" + line + "': '" + part + "' has no value, write KEY=VALUE");
            }
            String key = equals < 0 ? PRESET : part.substring(0, equals);
            words.put(key, part.substring(equals + 1).replace('\0', ','));
        }
        return words;
    }

    private static Map<String, String> words(Map<?, ?> object) {
        Map<String, String> words = new LinkedHashMap<>();
        object.forEach((key, value) -> words.put(String.valueOf(key), value == null ? "null" : FaultKey.write(value)));
        return words;
    }

    private static List<FaultRule> rules(String source, Map<String, String> words) {
        try {
            String preset = words.remove(PRESET);
            Map<FaultKey, Object> said = new EnumMap<>(FaultKey.class);
            words.forEach((name, text) -> {
                FaultKey key = FaultKey.named(name);
                said.put(key, key.read(text));
            });
            return preset == null
                    ? List.of(new FaultRule(said))
                    : FaultPreset.named(preset).rules(said);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("fault '" + source + "': " + e.getMessage(), e);
        }
    }
}
