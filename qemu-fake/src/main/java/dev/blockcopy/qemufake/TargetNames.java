package dev.blockcopy.qemufake;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What QEMU says to formats and protocols of a target that no file can serve; transcript e07 and others. */
final class TargetNames {
    private static final Pattern PROTOCOL = Pattern.compile("([^/:]+):(.*)", Pattern.DOTALL);
    private static final Pattern NBD = Pattern.compile("(?://)?([^:/]+:\\d+).*", Pattern.DOTALL);
    /** Drivers that QEMU has and that a plain file is not enough for. */
    private static final Map<String, String> OTHERS = Map.of(
            "nbd", "File name string for NBD must start with 'nbd:'",
            "null-co", "The only allowed filename for this driver is 'null-co://'",
            "null-aio", "The only allowed filename for this driver is 'null-aio://'",
            "quorum", "Number of provided children must be 1 or more",
            "throttle", "Please specify a throttle group",
            "vmdk", "invalid VMDK image descriptor",
            "qed", "Image not in QED format");

    private TargetNames() {}

    static void check(String format, String target, boolean isMade) {
        if (format != null && !format.equals("raw") && !format.equals("qcow2") && !format.equals("file")) {
            boolean isKnown = !isMade && OTHERS.containsKey(format);
            throw Refused.generic(
                    "%s",
                    isKnown
                            ? OTHERS.get(format)
                            : String.format(isMade ? "Unknown file format '%s'" : "Unknown driver '%s'", format));
        }
        Matcher protocol = PROTOCOL.matcher(target);
        if (protocol.matches() && !protocol.group(1).equals("file")) {
            refuse(protocol.group(1), protocol.group(2));
        }
    }

    private static void refuse(String protocol, String rest) {
        Matcher nbd = NBD.matcher(rest);
        if (protocol.equals("nbd") && nbd.matches()) {
            throw Refused.generic("Failed to connect to '%s': Connection refused", nbd.group(1));
        }
        throw Refused.generic("Unknown protocol '%s'", protocol);
    }
}
