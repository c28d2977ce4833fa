package dev.blockcopy.qemufake;

import java.util.Map;
import java.util.function.UnaryOperator;

/** {@code block-dirty-bitmap-add} and what is done with one; in QEMU's words (scenario n39). */
final class BitmapCommands {
    private static final Map<String, Object> EMPTY = Map.of();
    private static final String ONE = "node str name str";
    private static final long GRANULARITY = 64 << 10;
    private static final long GRANULARITY_MIN = 512;

    private BitmapCommands() {}

    static void addTo(Map<String, Command> table) {
        table.put(
                "block-dirty-bitmap-add",
                Command.of(ONE + " granularity? uint32 persistent? bool disabled? bool", BitmapCommands::add));
        table.put("block-dirty-bitmap-remove", Command.of(ONE, BitmapCommands::remove));
        table.put("block-dirty-bitmap-clear", changing(bitmap -> bitmap.is(Extents.NONE)));
        table.put("block-dirty-bitmap-enable", changing(bitmap -> bitmap.recording(true)));
        table.put("block-dirty-bitmap-disable", changing(bitmap -> bitmap.recording(false)));
        table.put("block-dirty-bitmap-merge", Command.of("node str target str bitmaps list", BitmapCommands::merge));
    }

    private static Node node(QemuState q, String name) {
        return q.graph.belowFilters(q.graph.lookup(name));
    }

    private static Object add(QemuState q, Arguments arguments) {
        Node node = node(q, arguments.text("node"));
        String name = arguments.text("name");
        long granularity = arguments.number("granularity", GRANULARITY);
        if (name.isEmpty()) {
            throw Refused.generic("Bitmap name cannot be empty");
        }
        if (granularity < GRANULARITY_MIN || Long.bitCount(granularity) != 1) {
            throw Refused.generic("Granularity must be power of 2 and at least 512");
        }
        if (arguments.flag("persistent", false)) {
            throw node.driver() == Driver.QCOW2
                    ? Refused.generic("The fake keeps no persistent bitmaps")
                    : Refused.generic(
                            "Can't store persistent bitmaps to %s: Operation not supported", arguments.text("node"));
        }
        if (q.bitmaps.find(node.name(), name) != null) {
            throw Refused.generic("Bitmap already exists: %s", name);
        }
        boolean isRecording = !arguments.flag("disabled", false);
        q.bitmaps.add(node.name(), new DirtyBitmap(name, granularity, isRecording, Extents.NONE, null));
        return EMPTY;
    }

    private static Object remove(QemuState q, Arguments arguments) {
        Node node = node(q, arguments.text("node"));
        q.bitmaps.remove(node.name(), idle(q, node, arguments.text("name")));
        return EMPTY;
    }

    private static Command changing(UnaryOperator<DirtyBitmap> change) {
        return Command.of(ONE, (q, arguments) -> {
            Node node = node(q, arguments.text("node"));
            q.bitmaps.change(node.name(), idle(q, node, arguments.text("name")).name(), change);
            return EMPTY;
        });
    }

    /** A bitmap that no job uses. */
    static DirtyBitmap idle(QemuState q, Node node, String name) {
        DirtyBitmap bitmap = q.bitmaps.find(node.name(), name);
        if (bitmap == null) {
            throw Refused.generic("Dirty bitmap '%s' not found", name);
        }
        if (bitmap.isBusy()) {
            throw Refused.generic("Bitmap '%s' is currently in use by another operation and cannot be used", name);
        }
        return bitmap;
    }

    private static Object merge(QemuState q, Arguments arguments) {
        Node node = node(q, arguments.text("node"));
        DirtyBitmap merged = idle(q, node, arguments.text("target"));
        for (Object source : arguments.list("bitmaps")) {
            for (Extents.Range range : source(q, node, source).dirty().ranges()) {
                merged = merged.with(range);
            }
        }
        DirtyBitmap result = merged;
        q.bitmaps.change(node.name(), result.name(), before -> result);
        return EMPTY;
    }

    private static DirtyBitmap source(QemuState q, Node node, Object named) {
        if (named instanceof Map<?, ?>) {
            Arguments external = Signature.of(ONE).check(Arguments.members(named), "bitmaps.");
            return idle(q, node(q, external.text("node")), external.text("name"));
        }
        return idle(q, node, String.valueOf(named));
    }
}
