package dev.blockcopy.qemufake;

import dev.blockcopy.qemufake.schema.RecordedSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The commands that the fake knows, by name, in each dialect. */
final class Commands {
    private Commands() {}

    static Map<String, Command> of(Dialect dialect) {
        Map<String, Command> table = new LinkedHashMap<>();
        StatusCommands.addTo(table);
        DescriptorCommands.addTo(table);
        HumanMonitor.addTo(table);
        switch (dialect) {
            case QEMU_7_2 -> addJobApi(table);
            case QEMU_1_3 -> OldCommands.addOf13(table);
            case PROPOSAL_2012 -> OldCommands.addOf2012(table, "");
            case RHEL6 -> OldCommands.addOf2012(table, "__com.redhat_");
            case ATOMIC -> OldCommands.addAtomic(table);
        }
        table.put("query-commands", Command.of("", (q, arguments) -> names(table)));
        return table;
    }

    private static void addJobApi(Map<String, Command> table) {
        JobCommands.addTo(table);
        BlockQueries.addTo(table);
        NodeCommands.addTo(table);
        CreateCommand.addTo(table);
        MirrorCommand.addTo(table);
        DriveMirrorCommand.addTo(table);
        SingleActions.addTo(table);
        TransactionCommand.addTo(table);
        QuorumCommand.addTo(table);
        MachineCommands.addTo(table);
        ResizeCommand.addTo(table);
        MediumCommands.addTo(table);
        BitmapCommands.addTo(table);
        CommitCommand.addTo(table);
        ObjectCommands.addTo(table);
        OobCommands.addTo(table);
        DescriptorCommands.addSetsTo(table);
        table.put("query-qmp-schema", Command.of("", (q, arguments) -> RecordedSchema.entries()));
        OtherCommands.addTo(table);
    }

    private static List<Object> names(Map<String, Command> table) {
        List<Object> names = new ArrayList<>();
        table.keySet().forEach(name -> names.add(0, Members.of("name", name)));
        return names;
    }
}
