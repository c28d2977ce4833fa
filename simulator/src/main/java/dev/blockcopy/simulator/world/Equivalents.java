package dev.blockcopy.simulator.world;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The mutants that no guarantee catches, each with the reason why: a file of
 * reasons, each a line that begins with {@code #}, and the names of the mutants below it.
 */
public final class Equivalents {
    private static final String FILE = "equivalent-mutants.txt";

    private final Map<String, String> reasons = new LinkedHashMap<>();

    private Equivalents(String text) {
        String reason = "";
        for (String line : text.lines().filter(one -> !one.isBlank()).toList()) {
            if (line.startsWith("# ")) {
                reason = line.substring(2);
            } else if (reasons.put(line, reason) != null) {
                throw new IllegalArgumentException(FILE + " names a mutant twice: " + line);
            }
        }
    }

    /** The file that ships. */
    public static Equivalents shipped() {
        try (InputStream in = Equivalents.class.getResourceAsStream(FILE)) {
            return of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Equivalents of(String text) {
        return new Equivalents(text);
    }

    /** Why nothing catches a mutant, where that is known. */
    public Optional<String> reasonOf(String mutant) {
        return Optional.ofNullable(reasons.get(mutant));
    }

    /** The reasons, each with its mutants. */
    Map<String, List<String>> byReason() {
        Map<String, List<String>> all = new LinkedHashMap<>();
        reasons.forEach((mutant, reason) ->
                all.computeIfAbsent(reason, any -> new ArrayList<>()).add(mutant));
        return all;
    }

    /** What is wrong with this list in the face of what became of these mutants; empty where all is explained. */
    public List<String> contradictions(List<Mutation.Fate> fates) {
        List<String> wrong = new ArrayList<>();
        for (Mutation.Fate fate : fates) {
            String name = fate.mutant().name();
            boolean isExplained = reasons.containsKey(name);
            fate.caughtBy()
                    .filter(by -> isExplained)
                    .ifPresent(by -> wrong.add(name + ": is listed as equivalent, and " + by + " catches it"));
            if (fate.caughtBy().isEmpty() && !isExplained) {
                wrong.add(name + ": " + fate.word() + ", and nobody says why");
            }
        }
        return wrong;
    }

    /** The names that are no mutants of a table, so that their reasons explain nothing. */
    public List<String> strangers(List<Mutant> mutants) {
        List<String> known = mutants.stream().map(Mutant::name).toList();
        return reasons.keySet().stream().filter(name -> !known.contains(name)).toList();
    }
}
