package dev.blockcopy.simulator.campaign;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The sum of a campaign so far. Not for several threads. */
final class Tally {
    private static final int INSTANTS_TOLD = 12;

    private final Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
    private final Map<String, Integer> struck = new TreeMap<>();
    private int trials;
    private int kills;
    private int lostWrites;

    void add(Outcome outcome) {
        trials++;
        kills += outcome.kills();
        lostWrites += outcome.lostWrites();
        verdicts.merge(outcome.verdict(), 1, Integer::sum);
        struck.merge(outcome.struck().isEmpty() ? "ended before" : outcome.struck(), 1, Integer::sum);
    }

    int of(Verdict verdict) {
        return verdicts.getOrDefault(verdict, 0);
    }

    boolean allRight() {
        return of(Verdict.RIGHT) + of(Verdict.DOUBT) == trials;
    }

    int lostWrites() {
        return lostWrites;
    }

    /** For people. */
    String text(long seed) {
        String counts = verdicts.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey().text())
                .collect(Collectors.joining(", "));
        return trials + " trials, " + kills + " kills, seed " + seed + ": " + counts + "; " + lostWrites
                + " acknowledged writes lost\n" + "struck in: " + phases();
    }

    private String phases() {
        return struck.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
    }

    /** The cells of a row, as {@link ResultsPage} has them. */
    String row() {
        int bad = of(Verdict.UNTIDY) + of(Verdict.BLIND) + of(Verdict.WRONG);
        return String.format(
                " %d | %d | %d | %d | %d | %d | %s |",
                trials,
                kills,
                of(Verdict.RIGHT),
                of(Verdict.DOUBT),
                bad,
                lostWrites,
                struck.size() > INSTANTS_TOLD ? struck.size() + " different instants" : phases());
    }
}
