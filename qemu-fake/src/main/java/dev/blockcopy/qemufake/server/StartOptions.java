package dev.blockcopy.qemufake.server;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A command line of the fake, read.
 *
 * <p>By hand, as QEMU's is: a value is the next word, and one dash is as good as two. picocli, which reads the other
 * command lines, takes longer than all the rest of the start.
 */
final class StartOptions {
    private final Map<StartOption, List<String>> given = new EnumMap<>(StartOption.class);

    private StartOptions() {}

    /**
     * Reads a command line.
     *
     * @throws IllegalArgumentException in one line, if there is something in it that is not known
     */
    static StartOptions of(List<String> words) {
        StartOptions options = new StartOptions();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            int equals = word.startsWith("--") ? word.indexOf('=') : -1;
            StartOption option = named(equals < 0 ? word : word.substring(0, equals));
            if (option.value() == null) {
                options.add(option, refuseValue(word, equals));
            } else if (equals >= 0) {
                options.add(option, word.substring(equals + 1));
            } else if (++i < words.size()) {
                options.add(option, words.get(i));
            } else {
                throw new IllegalArgumentException("option " + word + " wants a value: " + option.value());
            }
        }
        return options;
    }

    private static String refuseValue(String word, int equals) {
        if (equals >= 0) {
            throw new IllegalArgumentException("option " + word.substring(0, equals) + " takes no value");
        }
        return "";
    }

    private static StartOption named(String word) {
        String single = word.startsWith("--") ? word.substring(1) : word;
        for (StartOption option : StartOption.values()) {
            if (option.names().contains(word) || option.names().contains(single)) {
                return option;
            }
        }
        throw new IllegalArgumentException(
                word.startsWith("-") ? "Unknown option: '" + word + "'" + StartHelp.nearest(word) : strayWord(word));
    }

    private static String strayWord(String word) {
        return "there is no command '" + word + "'; an image goes with -drive if=none,id=,file=,format=";
    }

    private void add(StartOption option, String value) {
        given.computeIfAbsent(option, unseen -> new ArrayList<>()).add(value);
    }

    boolean has(StartOption option) {
        return given.containsKey(option);
    }

    /** In the order in which they were given. */
    List<String> all(StartOption option) {
        return given.getOrDefault(option, List.of());
    }

    /** The one that was given last, or null. */
    String last(StartOption option) {
        List<String> values = all(option);
        return values.isEmpty() ? null : values.get(values.size() - 1);
    }

    /**
     * The number that was given last.
     *
     * @throws IllegalArgumentException in one line, if it is none
     */
    long number(StartOption option) {
        String value = last(option);
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "Invalid value for option '" + option.names().get(0) + "': '" + value + "' is not a number", e);
        }
    }
}
