package dev.blockcopy.simulator.campaign;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The sum of a campaign so far. Not for several threads. */
public final class Tally {
    private static final int INSTANTS_TOLD = 12;

    private final Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
    private final Map<String, Integer> struck = new TreeMap<>();
    private int trials;
    private int kills;
    private int lostWrites;

    public void add(Outcome outcome) {
        trials++;
        kills += outcome.kills();
        lostWrites += outcome.lostWrites();
        verdicts.merge(outcome.verdict(), 1, Integer::sum);
        struck.merge(outcome.struck().isEmpty() ? "ended before" : outcome.struck(), 1, Integer::sum);
    }

    public int trials() {
        return trials;
    }

    public int of(Verdict verdict) {
        return verdicts.getOrDefault(verdict, 0);
    }

    public boolean allRight() {
        return of(Verdict.RIGHT) + of(Verdict.DOUBT) == trials;
    }

    public int lostWrites() {
        return lostWrites;
    }

    /** For people. */
    public String text(long seed) {
        return "seed " + seed + ": " + summary() + "\n" + "struck in: " + phases();
    }

    /** One line for people. */
    public String summary() {
        String counts = verdicts.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey().text())
                .collect(Collectors.joining(", "));
        return trials + " trials, " + kills + " kills: " + counts + "; " + lostWrites + " acknowledged writes lost";
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
