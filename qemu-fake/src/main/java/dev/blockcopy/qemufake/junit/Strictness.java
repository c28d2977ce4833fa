package dev.blockcopy.qemufake.junit;

import dev.blockcopy.qemufake.NearestName;
import dev.blockcopy.qemufake.server.FakeQemu;
import dev.blockcopy.qemufake.wire.JsonValue;
import java.util.ArrayList;
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
                        + NearestName.to(command, known) + "'");
            } else if (!expected.isEmpty() && !expected.contains(command) && !command.equals(NEGOTIATION)) {
                complaints.add("unexpected command '" + command + "': the nearest that this test expects is '"
                        + NearestName.to(command, expected) + "'");
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
}
