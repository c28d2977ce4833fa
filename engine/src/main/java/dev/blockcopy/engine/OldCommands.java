package dev.blockcopy.engine;

import dev.blockcopy.model.lifecycle.CopyEffect;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.qmp.QmpCommand;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The words of the dialects before the job API: no node is made or deleted, no job is dismissed, and the destination is
 * an image that is there already, since only we make files without writing over others.
 */
final class OldCommands {
    private OldCommands() {}

    static List<QmpCommand> of(CopyEffect effect, CopyJob job) {
        CopySpec spec = job.spec();
        Dialect dialect = spec.dialect();
        Map<String, Object> device = Map.of("device", spec.backend().device());
        return switch (effect) {
            case MIRROR -> List.of(new QmpCommand.Raw(dialect.name("drive-mirror"), mirror(spec)));
            case STOP -> List.of(new QmpCommand.Stop());
            case CONT -> List.of(new QmpCommand.Cont());
            case COMPLETE -> List.of(new QmpCommand.Raw("block-job-complete", device));
            case HAND_OVER_WITNESS -> List.of(new QmpCommand.Raw("getfd", Map.of("fdname", spec.nodeName())));
            case WITHDRAW_WITNESS -> List.of(new QmpCommand.Raw("closefd", Map.of("fdname", spec.nodeName())));
            case REOPEN -> List.of(reopen(job));
            case CANCEL_SOFTLY ->
                List.of(new QmpCommand.BlockJobCancel(spec.backend().device(), null));
            case CANCEL_BY_FORCE ->
                List.of(new QmpCommand.BlockJobCancel(spec.backend().device(), dialect.isOf2012() ? null : true));
            case LOOK_AT_JOBS, LOOK_AT_BACKLOG, LOOK_AT_STEP -> List.of(new QmpCommand.QueryBlockJobs());
            case LOOK_AT_GUEST -> List.of(new QmpCommand.QueryStatus());
            case LOOK_AT_GRAPH -> List.of(new QmpCommand.QueryBlock());
            default -> List.of();
        };
    }

    private static Map<String, Object> mirror(CopySpec spec) {
        CopySpec.Options options = spec.options();
        Map<String, Object> arguments = new LinkedHashMap<>();
        arguments.put("device", spec.backend().device());
        arguments.put("target", spec.destination().path().toString());
        arguments.put("format", formatOf(spec));
        arguments.put("mode", "existing");
        if (spec.dialect().isOf2012()) {
            arguments.put("full", !options.shallow());
        } else {
            arguments.put("sync", options.shallow() ? "top" : "full");
        }
        putChosen(arguments, "speed", options.speedBytesPerSecond());
        putChosen(arguments, "granularity", options.granularityBytes());
        putChosen(arguments, "buf-size", options.bufSizeBytes());
        return arguments;
    }

    private static void putChosen(Map<String, Object> arguments, String name, long value) {
        if (value >= 0) {
            arguments.put(name, value);
        }
    }

    private static String formatOf(CopySpec spec) {
        return spec.destination().format().name().toLowerCase(Locale.ROOT);
    }

    private static QmpCommand reopen(CopyJob job) {
        CopySpec spec = job.spec();
        Map<String, Object> arguments = new LinkedHashMap<>();
        arguments.put("device", spec.backend().device());
        arguments.put("new-image-file", spec.destination().path().toString());
        arguments.put("format", formatOf(spec));
        if (job.facts().get(Facts.WITNESS) == Facts.Witness.GIVEN) {
            arguments.put("witness", spec.nodeName());
        }
        if (spec.dialect() != Dialect.TRANSACTION_REOPEN) {
            return new QmpCommand.Raw(spec.dialect().name("drive-reopen"), arguments);
        }
        Map<String, Object> cancel = Map.of("device", spec.backend().device());
        return new QmpCommand.Raw(
                "transaction",
                Map.of("actions", List.of(action("block-job-cancel", cancel), action("drive-reopen", arguments))));
    }

    private static Map<String, Object> action(String type, Map<String, Object> data) {
        return Map.of("type", type, "data", data);
    }
}
