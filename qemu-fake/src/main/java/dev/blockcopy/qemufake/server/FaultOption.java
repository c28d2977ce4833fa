package dev.blockcopy.qemufake.server;

import dev.blockcopy.qemufake.FaultReader;
import dev.blockcopy.qemufake.FaultRule;
import dev.blockcopy.qemufake.wire.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** One {@code --fault} of the command line: a file of rules, a preset, or a rule. */
final class FaultOption {
    private FaultOption() {}

    /**
     * The rules behind it; a name that ends in {@code .json}, {@code .yaml} or {@code .yml} is a file.
     *
     * @throws IllegalArgumentException in one line, if there are none
     */
    static List<FaultRule> rules(String text) {
        boolean isYaml = text.endsWith(".yaml") || text.endsWith(".yml");
        if (!isYaml && !text.endsWith(".json")) {
            return FaultReader.rules(text);
        }
        String document = document(Path.of(text));
        try {
            return FaultReader.rulesOf(isYaml ? YamlDocument.read(document) : JsonValue.read(document));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(text + ": " + e.getMessage(), e);
        }
    }

    private static String document(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "fault file " + file + ": can't be read: " + Errnos.of(e).text(), e);
        }
    }
}
