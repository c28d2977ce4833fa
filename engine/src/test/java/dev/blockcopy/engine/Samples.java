package dev.blockcopy.engine;

import dev.blockcopy.engine.image.ImageFormat;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.Facts.Destination;
import dev.blockcopy.model.lifecycle.Facts.Wish;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A job, and what a QEMU says about it. */
final class Samples {
    static final String NONCE = "0123456789ab";

    private Samples() {}

    static CopySpec spec() {
        return new CopySpec(
                "copy-drive0-" + NONCE,
                NONCE,
                Path.of("/run/qemu/q.sock"),
                "drive0",
                new CopySpec.Backend("drive0", ""),
                new CopySpec.Source("src0", "/images/src.raw", "raw", 1 << 20, List.of(Path.of("/images/src.raw")), ""),
                new CopySpec.Destination(Path.of("/images/dst.raw"), ImageFormat.RAW, false, "", ""),
                new CopySpec.Options(false, false, -1, -1, -1, 10_000));
    }

    /** One of several disks of a domain, copied to a file that is there. */
    static CopyJob jobOf(String disk) {
        CopySpec spec = new CopySpec(
                "copy-" + disk,
                "nonce-" + disk,
                Path.of("/run/qemu/q.sock"),
                disk,
                new CopySpec.Backend(disk, ""),
                new CopySpec.Source(
                        "src-" + disk, "/images/" + disk, "raw", 1 << 20, List.of(Path.of("/images/" + disk)), ""),
                new CopySpec.Destination(Path.of("/images/copy-of-" + disk), ImageFormat.RAW, false, "", ""),
                new CopySpec.Options(false, false, -1, -1, -1, 10_000));
        return job(spec, Destination.EXISTING, Wish.STAY);
    }

    static CopyJob job(Destination destination, Wish wish) {
        return job(spec(), destination, wish);
    }

    private static CopyJob job(CopySpec spec, Destination destination, Wish wish) {
        return new CopyJob(
                spec,
                Facts.LAYOUT.initial().with(Facts.DESTINATION, destination).with(Facts.WISH, wish),
                Findings.NONE);
    }

    static Map<String, Object> jobInfo(String id, String status, String error, long current, long total) {
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("current-progress", current);
        info.put("total-progress", total);
        info.put("status", status);
        info.put("type", "mirror");
        info.put("id", id);
        if (error != null) {
            info.put("error", error);
        }
        return info;
    }

    static Map<String, Object> blockInfo(String device, String nodeName) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("device", device);
        row.put("locked", false);
        row.put("removable", false);
        row.put("type", "unknown");
        if (nodeName != null) {
            row.put("inserted", node(nodeName));
        }
        return row;
    }

    static Map<String, Object> node(String nodeName) {
        return Map.of(
                "node-name",
                nodeName,
                "image",
                Map.of("virtual-size", 1L << 20, "filename", "/images/" + nodeName, "format", "raw"),
                "ro",
                false,
                "drv",
                "raw",
                "backing_file_depth",
                0L,
                "cache",
                Map.of("no-flush", false, "direct", false, "writeback", true),
                "file",
                "/images/" + nodeName);
    }
}
