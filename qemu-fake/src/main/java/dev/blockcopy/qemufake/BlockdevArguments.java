package dev.blockcopy.qemufake;

import dev.blockcopy.qemufake.schema.RecordedSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what {@code blockdev-add} and {@code -blockdev} say into a {@link NodePlan} (QAPI BlockdevOptions). */
final class BlockdevArguments {
    private static final String COMMON = " driver str node-name? str discard? ignore|unmap cache? any read-only? bool"
            + " auto-read-only? bool force-share? bool detect-zeroes? off|on|unmap";
    private static final Map<Driver, Signature> SIGNATURES = Map.of(
            Driver.FILE,
                    Signature.of(
                            COMMON + " filename str pr-manager? str locking? auto|on|off aio? threads|native|io_uring"
                                    + " aio-max-batch? int drop-cache? bool x-check-cache-dropped? bool"),
            Driver.RAW, Signature.of(COMMON + " file any offset? int size? int"),
            Driver.QCOW2,
                    Signature.of(COMMON + " file any backing? any lazy-refcounts? bool pass-discard-request? bool"
                            + " pass-discard-snapshot? bool pass-discard-other? bool overlap-check? any cache-size? int"
                            + " l2-cache-size? int l2-cache-entry-size? int refcount-cache-size? int"
                            + " cache-clean-interval? int encrypt? any data-file? any"),
            Driver.BLKDEBUG,
                    Signature.of(COMMON + " image any config? str align? int max-transfer? int opt-write-zero? int"
                            + " max-write-zero? int opt-discard? int max-discard? int inject-error? list"
                            + " set-state? list take-child-perms? list unshare-child-perms? list"),
            Driver.THROTTLE, Signature.of(COMMON + " throttle-group str file any"),
            Driver.QUORUM,
                    Signature.of(COMMON + " blkverify? bool children list vote-threshold int rewrite-corrupted? bool"
                            + " read-pattern? quorum|fifo"));
    private static final Signature CACHE = Signature.of("direct? bool no-flush? bool");
    /** What the bytes that a guest sees depend on, but for the nodes below. */
    private static final Map<Driver, List<String>> STRONG = Map.of(
            Driver.BLKDEBUG, List.of("config", "inject-error", "set-state", "take-child-perms", "unshare-child-perms"),
            Driver.THROTTLE, List.of("throttle-group"),
            Driver.QUORUM, List.of("vote-threshold", "blkverify", "rewrite-corrupted", "read-pattern"));

    private BlockdevArguments() {}

    /** The plan of a root node, which the monitor owns and which must have a name. */
    static NodePlan root(Map<String, Object> given) {
        NodePlan plan = plan(given, "", true);
        if (plan.name() == null) {
            throw Refused.generic("'node-name' must be specified for the root node");
        }
        return plan;
    }

    /** The plan of a node that is to have another's place, and that nobody owns but its user. */
    static NodePlan owned(Map<String, Object> given) {
        return plan(given, "", false);
    }

    private static NodePlan plan(Map<String, Object> given, String path, boolean isRoot) {
        Driver driver = driver(given, path);
        Arguments arguments = SIGNATURES.get(driver).check(given, path);
        refuseWhatIsNotDone(driver, arguments, path);
        boolean isBackingGiven = arguments.has("backing");
        return new NodePlan(
                arguments.text("node-name"),
                driver,
                arguments.text("filename"),
                options(driver, arguments, given, path, isRoot),
                branches(driver, arguments, path),
                driver == Driver.BLKDEBUG ? BlkdebugArguments.of(arguments, path) : null,
                isBackingGiven,
                null);
    }

    /** What would change the bytes of a file, where all else is a matter of speed or of checks. */
    private static void refuseWhatIsNotDone(Driver driver, Arguments arguments, String path) {
        if (driver == Driver.RAW && (arguments.has("offset") || arguments.has("size"))) {
            throw Refused.generic("The fake takes raw images as a whole: leave out 'offset' and 'size'");
        }
        for (String name : List.of("encrypt", "data-file")) {
            if (arguments.has(name)) {
                throw Refused.generic("The fake has no '%s'", path + name);
            }
        }
    }

    private static Driver driver(Map<String, Object> given, String path) {
        Object name = plain(given.get("driver"));
        if (!given.containsKey("driver")) {
            throw Refused.generic("Parameter '%sdriver' is missing", path);
        }
        if (!(name instanceof String)) {
            throw Refused.generic("Invalid parameter type for '%sdriver', expected: string", path);
        }
        return Driver.find(name.equals("host_device") ? "file" : (String) name)
                .filter(SIGNATURES::containsKey)
                .orElseThrow(() -> unknown((String) name));
    }

    private static Refused unknown(String driver) {
        return RecordedSchema.values("blockdev-add", "driver").contains(driver)
                ? Refused.generic(
                        "The fake has no driver '%s': use file, host_device, raw, qcow2, blkdebug, throttle or quorum",
                        driver)
                : Refused.generic("Parameter 'driver' does not accept value '%s'", driver);
    }

    private static List<NodePlan.Branch> branches(Driver driver, Arguments arguments, String path) {
        List<NodePlan.Branch> branches = new ArrayList<>();
        if (driver == Driver.QUORUM) {
            for (Object child : arguments.list("children")) {
                String role = Child.nth(branches.size());
                branches.add(branch(role, child, path + "children[" + branches.size() + "]"));
            }
            checkVotes(branches.size(), arguments.number("vote-threshold", 1));
        } else if (driver != Driver.FILE) {
            branches.add(branch(driver.primary(), arguments.value(driver.primary()), path + driver.primary()));
        }
        if (arguments.value("backing") != null) {
            branches.add(branch(Child.BACKING, arguments.value("backing"), path + Child.BACKING));
        }
        return branches;
    }

    private static void checkVotes(int children, long threshold) {
        if (children < 1) {
            throw Refused.generic("Number of provided children must be 1 or more");
        }
        if (threshold < 1) {
            throw Refused.generic("Parameter 'vote-threshold' expects value bigger than or equal to 1");
        }
        if (threshold > children) {
            throw Refused.generic("threshold may not exceed children count");
        }
    }

    private static NodeOptions options(
            Driver driver, Arguments arguments, Map<String, Object> given, String path, boolean isRoot) {
        Map<String, Object> cache = new HashMap<>();
        if (arguments.value("cache") instanceof Map<?, ?>) {
            cache.putAll(Arguments.members(arguments.value("cache")));
        }
        Map<String, Object> strong = new LinkedHashMap<>();
        STRONG.getOrDefault(driver, List.of()).stream()
                .filter(given::containsKey)
                .forEach(name -> flatten(name, given.get(name), strong));
        return new NodeOptions(
                arguments.has("node-name"),
                isRoot,
                arguments.flag("read-only", false),
                arguments.flag("auto-read-only", false),
                CACHE.check(cache, path + "cache.").flag("direct", false),
                arguments.text("detect-zeroes", "off"),
                !arguments.text("locking", "auto").equals("off"),
                strong);
    }

    private static void flatten(String name, Object value, Map<String, Object> flat) {
        if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                flatten(name + "." + i, list.get(i), flat);
            }
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, member) -> flatten(name + "." + key, member, flat));
        } else {
            flat.put(name, plain(value));
        }
    }

    private static Object plain(Object value) {
        return value instanceof OptionValue written ? written.text() : value;
    }

    private static NodePlan.Branch branch(String role, Object value, String path) {
        if (plain(value) instanceof String name) {
            return new NodePlan.Branch(role, null, name);
        }
        if (value instanceof Map<?, ?>) {
            return new NodePlan.Branch(role, plan(Arguments.members(value), path + ".", false), null);
        }
        throw Refused.generic("Invalid parameter type for '%s', expected: BlockdevRef", path);
    }
}
