package dev.blockcopy.qemufake;

import java.util.HashMap;
import java.util.Map;

/** Reads what {@code blockdev-add} and {@code -blockdev} say into a {@link NodePlan} (QAPI BlockdevOptions). */
final class BlockdevArguments {
    private static final String DRIVERS = "blkdebug|file|host_device|nbd|null-co|qcow2|quorum|raw|throttle";
    private static final String COMMON = " driver str node-name? str discard? ignore|unmap cache? any read-only? bool"
            + " auto-read-only? bool force-share? bool detect-zeroes? off|on|unmap";
    private static final Map<Driver, Signature> SIGNATURES = Map.of(
            Driver.FILE,
                    Signature.of(
                            COMMON + " filename str pr-manager? str locking? auto|on|off aio? threads|native|io_uring"
                                    + " aio-max-batch? int drop-cache? bool x-check-cache-dropped? bool"),
            Driver.RAW, Signature.of(COMMON + " file any offset? int size? int"),
            Driver.QCOW2, Signature.of(COMMON + " file any backing? any lazy-refcounts? bool"));
    private static final Signature CACHE = Signature.of("direct? bool no-flush? bool");

    private BlockdevArguments() {}

    /** The plan of a root node, which the monitor owns and which must have a name. */
    static NodePlan root(Map<String, Object> given) {
        NodePlan plan = plan(given, "", true);
        if (plan.name() == null) {
            throw Refused.generic("'node-name' must be specified for the root node");
        }
        return plan;
    }

    private static NodePlan plan(Map<String, Object> given, String path, boolean isRoot) {
        Driver driver = driver(given, path);
        Arguments arguments = SIGNATURES.get(driver).check(given, path);
        return new NodePlan(
                arguments.text("node-name"),
                driver,
                arguments.text("filename"),
                options(arguments, path, isRoot),
                driver == Driver.FILE ? null : below(arguments.value("file"), path + "file"),
                arguments.has("backing") ? backing(arguments.value("backing"), path + "backing") : null);
    }

    private static Driver driver(Map<String, Object> given, String path) {
        Object name = given.get("driver");
        if (!given.containsKey("driver")) {
            throw Refused.generic("Parameter '%sdriver' is missing", path);
        }
        if (!(name instanceof String)) {
            throw Refused.generic("Invalid parameter type for '%sdriver', expected: string", path);
        }
        return switch ((String) name) {
            case "file", "host_device" -> Driver.FILE;
            case "raw" -> Driver.RAW;
            case "qcow2" -> Driver.QCOW2;
            default -> throw unknown((String) name);
        };
    }

    private static Refused unknown(String driver) {
        return java.util.List.of(DRIVERS.split("\\|")).contains(driver)
                ? Refused.generic("The fake has no driver '%s': use file, host_device, raw or qcow2", driver)
                : Refused.generic("Parameter 'driver' does not accept value '%s'", driver);
    }

    private static NodeOptions options(Arguments arguments, String path, boolean isRoot) {
        Map<String, Object> cache = new HashMap<>();
        if (arguments.value("cache") instanceof Map<?, ?>) {
            cache.putAll(Arguments.members(arguments.value("cache")));
        }
        return new NodeOptions(
                arguments.has("node-name"),
                isRoot,
                arguments.flag("read-only", false),
                CACHE.check(cache, path + "cache.").flag("direct", false),
                arguments.text("detect-zeroes", "off"),
                !arguments.text("locking", "auto").equals("off"));
    }

    private static NodePlan.Below below(Object value, String path) {
        if (value instanceof String name) {
            return new NodePlan.Below(null, name);
        }
        if (value instanceof Map<?, ?>) {
            return new NodePlan.Below(plan(Arguments.members(value), path + ".", false), null);
        }
        throw Refused.generic("Invalid parameter type for '%s', expected: BlockdevRef", path);
    }

    /** JSON's null says: no backing file, whatever the image says. */
    private static NodePlan.Below backing(Object value, String path) {
        return value == null ? NodePlan.Below.NOTHING : below(value, path);
    }
}
