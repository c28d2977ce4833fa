package dev.blockcopy.model.qmp;

import java.util.List;

/** A command that this QEMU has (QAPI {@code CommandInfo} in {@code introspect.json}). */
public record CommandInfo(String name) implements QmpRecord {

    /**
     * Reads the return value of {@code query-commands}.
     *
     * @throws QmpSyntaxException if it is not what QAPI promises
     */
    public static List<CommandInfo> listFrom(Object value) {
        return MemberReader.answers(CommandInfo.class, value, "query-commands");
    }
}
