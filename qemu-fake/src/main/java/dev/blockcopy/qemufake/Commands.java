package dev.blockcopy.qemufake;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The commands that the fake knows, by name. */
final class Commands {
    static final Map<String, Command> TABLE = table();

    private Commands() {}

    private static Map<String, Command> table() {
        Map<String, Command> table = new LinkedHashMap<>();
        StatusCommands.addTo(table);
        JobCommands.addTo(table);
        BlockQueries.addTo(table);
        NodeCommands.addTo(table);
        CreateCommand.addTo(table);
        MirrorCommand.addTo(table);
        DriveMirrorCommand.addTo(table);
        ObjectCommands.addTo(table);
        HumanMonitor.addTo(table);
        table.put("query-commands", Command.of("", (q, arguments) -> names()));
        return table;
    }

    private static List<Object> names() {
        List<Object> names = new ArrayList<>();
        TABLE.keySet().forEach(name -> names.add(0, Members.of("name", name)));
        return names;
    }
}
