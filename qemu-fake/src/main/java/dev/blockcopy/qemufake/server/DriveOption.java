package dev.blockcopy.qemufake.server;

import dev.blockcopy.model.qmp.BlockdevOnError;
import dev.blockcopy.qemufake.Driver;
import dev.blockcopy.qemufake.OptionValue;
import dev.blockcopy.qemufake.Sizes;
import dev.blockcopy.qemufake.wire.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** One {@code -drive}, {@code -blockdev} or {@code -device} of the command line. */
final class DriveOption {
    private static final Set<String> KNOWN = Set.of(
            "if", "id", "node-name", "file", "format", "readonly", "read-only", "cache", "discard", "werror", "rerror");
    private static final Set<String> DEVICES = Set.of("virtio-blk-pci", "virtio-blk", "virtio-blk-device");

    private final Map<String, String> options;
    private final String text;

    DriveOption(String text) {
        this.text = text;
        this.options = OptionText.flat(text, null);
    }

    void addTo(FakeQemuBuilder builder) {
        if (options.containsKey("driver")) {
            addNested(builder);
            return;
        }
        for (String key : options.keySet()) {
            if (!KNOWN.contains(key)) {
                throw new IllegalArgumentException("-drive " + text + ": the fake knows no option '" + key + "'");
            }
        }
        if (!"none".equals(options.get("if"))) {
            throw new IllegalArgumentException("-drive " + text + ": the fake takes if=none only");
        }
        builder.drive(
                required("id"),
                options.get("node-name"),
                required("file"),
                format(required("format")),
                "on".equals(options.getOrDefault("readonly", options.get("read-only"))));
        if (options.containsKey("werror")) {
            builder.onWriteError(required("id"), policy(options.get("werror")));
        }
    }

    private BlockdevOnError policy(String name) {
        return switch (name) {
            case "report" -> BlockdevOnError.REPORT;
            case "ignore" -> BlockdevOnError.IGNORE;
            case "enospc" -> BlockdevOnError.ENOSPC;
            case "stop" -> BlockdevOnError.STOP;
            default ->
                throw new IllegalArgumentException(
                        "-drive " + text + ": werror is one of report, ignore, enospc and stop");
        };
    }

    /** A drive whose options are those of a block node. */
    private void addNested(FakeQemuBuilder builder) {
        if (!"none".equals(options.get("if"))) {
            throw new IllegalArgumentException("-drive " + text + ": the fake takes if=none only");
        }
        Map<String, String> ofNode = new LinkedHashMap<>(options);
        String id = required("id");
        ofNode.keySet().removeAll(Set.of("if", "id"));
        builder.drive(id, OptionValue.in(OptionText.nestedTexts(ofNode)));
    }

    private String required(String key) {
        if (!options.containsKey(key)) {
            throw new IllegalArgumentException("-drive " + text + ": give " + key + "=");
        }
        return options.get(key);
    }

    private Driver format(String name) {
        return switch (name) {
            case "raw" -> Driver.RAW;
            case "qcow2" -> Driver.QCOW2;
            default -> throw new IllegalArgumentException("-drive " + text + ": the fake has raw and qcow2 only");
        };
    }

    static void addBlockdev(String text, FakeQemuBuilder builder) {
        if (!text.startsWith("{")) {
            builder.blockdev(OptionText.nested(text));
            return;
        }
        try {
            builder.blockdev(object(JsonValue.read(text)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("-blockdev " + text + ": " + e.getMessage(), e);
        }
    }

    @SuppressWarnings("unchecked") // the text begins as an object
    private static Map<String, Object> object(Object value) {
        return (Map<String, Object>) value;
    }

    /** {@code -object throttle-group,id=,x-bps-write=} and so on. */
    static void addObject(String text, FakeQemuBuilder builder) {
        Map<String, String> options = new LinkedHashMap<>(OptionText.flat(text, "qom-type"));
        if (!"throttle-group".equals(options.remove("qom-type"))) {
            throw new IllegalArgumentException("-object " + text + ": the fake has throttle-group only");
        }
        String id = options.remove("id");
        if (id == null) {
            throw new IllegalArgumentException("-object " + text + ": give id=");
        }
        Map<String, Long> limits = new LinkedHashMap<>();
        options.forEach((key, value) -> limits.put(key, limit(text, key, value)));
        builder.throttleGroup(id, limits);
    }

    private static long limit(String text, String key, String value) {
        long number = Sizes.parse(value);
        if (number < 0) {
            throw new IllegalArgumentException("-object " + text + ": " + key + "=" + value + " is no number");
        }
        return number;
    }

    static void addDevice(String text, FakeQemuBuilder builder) {
        Map<String, String> options = OptionText.flat(text, "driver");
        if (!DEVICES.contains(options.get("driver"))) {
            throw new IllegalArgumentException("-device " + text + ": the fake has virtio-blk-pci only");
        }
        if (!options.containsKey("drive")) {
            throw new IllegalArgumentException("-device " + text + ": give drive=");
        }
        builder.device(options.get("drive"), options.get("id"));
    }
}
