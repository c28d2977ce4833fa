package dev.blockcopy.qemufake;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Two mirrored disks of a QEMU that can reopen in a transaction. */
final class TwoDisks {
    private TwoDisks() {}

    static Bench ready(String... faults) {
        Bench bench = new Bench(Dialect.ATOMIC, faults);
        bench.host.create("src1", Bench.SIZE);
        bench.host.create("dst1", Bench.SIZE);
        bench.state = new Setup(bench.state, bench.host)
                .drive("drive1", null, "src1", Driver.RAW, false)
                .state();
        mirror(bench, "drive0", "dst");
        mirror(bench, "drive1", "dst1");
        bench.settle();
        return bench;
    }

    private static void mirror(Bench bench, String device, String target) {
        bench.command("drive-mirror", Map.of("device", device, "target", target, "mode", "existing", "sync", "full"));
    }

    static Map<String, Object> transaction() {
        List<Object> actions = new ArrayList<>();
        Map.of("drive0", "dst", "drive1", "dst1").forEach((device, file) -> {
            actions.add(Map.of("type", "block-job-cancel", "data", Map.of("device", device)));
            actions.add(Map.of("type", "drive-reopen", "data", Map.of("device", device, "new-image-file", file)));
        });
        return Map.of("actions", actions);
    }
}
