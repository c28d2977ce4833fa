package dev.blockcopy.qemufake.junit;

import dev.blockcopy.qemufake.server.FakeQemu;
import dev.blockcopy.qemufake.wire.JsonValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a test expects of its client.
 *
 * @param expected the commands that may come; any if there is none
 * @param tolerated commands that may come although the fake does not know them
 */
record Strictness(Set<String> expected, Set<String> tolerated) {
    private static final String NEGOTIATION = "qmp_capabilities";

    /** What was not as expected, one sentence each. */
    List<String> complaints(FakeQemu qemu) {
        List<String> complaints = new ArrayList<>();
        Set<String> known = qemu.state().commands();
        for (String command : commands(qemu)) {
            if (!known.contains(command) && !tolerated.contains(command)) {
                complaints.add("unexpected command '" + command + "': no QEMU of this kind knows it, the nearest is '"
                        + nearest(command, known) + "'");
            } else if (!expected.isEmpty() && !expected.contains(command) && !command.equals(NEGOTIATION)) {
                complaints.add("unexpected command '" + command + "': the nearest that this test expects is '"
                        + nearest(command, expected) + "'");
            }
        }
        qemu.state()
                .neverStruck()
                .forEach(rule -> complaints.add("fault '" + rule + "' never struck: nothing came that it is for"));
        return complaints;
    }

    private static Set<String> commands(FakeQemu qemu) {
        Set<String> commands = new LinkedHashSet<>();
        qemu.journal().received().forEach(text -> {
            try {
                if (JsonValue.read(text) instanceof Map<?, ?> members
                        && members.get("execute") instanceof String name) {
                    commands.add(name);
                }
            } catch (IllegalArgumentException e) {
                // The fake has answered what is no JSON; it names no command.
            }
        });
        return commands;
    }

    private static String nearest(String command, Set<String> candidates) {
        return candidates.stream()
                .min(Comparator.comparingInt((String candidate) -> distance(command, candidate))
                        .thenComparing(Comparator.naturalOrder()))
                .orElse("");
    }

    /** How many letters must be put in, taken out or changed to make one of the other. */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int changed = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}
