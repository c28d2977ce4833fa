package dev.blockcopy.qemufake;

import java.util.Collection;
import java.util.Comparator;

/** Which name was perhaps meant by one that is none. */
public final class NearestName {
    private NearestName() {}

    /** The one of the candidates that is most like a word; empty if there are none. */
    public static String to(String word, Collection<String> candidates) {
        return candidates.stream()
                .min(Comparator.comparingInt((String candidate) -> distance(word, candidate))
                        .thenComparing(Comparator.naturalOrder()))
                .orElse("");
    }

    /** How many letters must be put in, taken out, changed or swapped to make one of the other. */
    public static int distance(String one, String other) {
        int[][] distances = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                distances[i][j] = i == 0 || j == 0 ? i + j : distance(distances, one, other, i, j);
            }
        }
        return distances[one.length()][other.length()];
    }

    private static int distance(int[][] distances, String one, String other, int i, int j) {
        boolean isSame = one.charAt(i - 1) == other.charAt(j - 1);
        int changed = distances[i - 1][j - 1] + (isSame ? 0 : 1);
        int distance = Math.min(changed, 1 + Math.min(distances[i - 1][j], distances[i][j - 1]));
        boolean isSwapped =
                i > 1 && j > 1 && one.charAt(i - 1) == other.charAt(j - 2) && one.charAt(i - 2) == other.charAt(j - 1);
        return isSwapped ? Math.min(distance, distances[i - 2][j - 2] + 1) : distance;
    }
}
