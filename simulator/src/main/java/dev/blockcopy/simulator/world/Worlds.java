package dev.blockcopy.simulator.world;

import java.util.List;
import java.util.stream.Stream;

/** Small worlds that together take every row that some run takes: each has what the others lack, two of them two disks. */
final class Worlds {
    private static final String WITNESS = "evidence=reply+graph+witness";

    /** The smaller ones first: from a few thousand states to a few hundred thousand. */
    static final List<Inquiry> SMALL = Stream.of(
                    "guest=paused;none",
                    "switch=reopen,guest=running," + WITNESS + ";none",
                    "guest=pending-first;none",
                    "guest=paused;cancel=1",
                    "guest=paused;resume=1",
                    "guest=paused;qemu=1",
                    "guest=paused;cut=1",
                    "guest=paused;refusal=1",
                    "guest=running;refusal=1",
                    "guest=pending-first;cancel=1",
                    "guest=pending-first;refusal=1",
                    "guest=paused;another=1",
                    "guest=pending-first;mgr=1",
                    "guest=running;mgr=1",
                    "switch=reopen,guest=paused;cut=1",
                    "switch=reopen,guest=paused;mgr=1",
                    "guest=paused;completion=1,switched=1",
                    "switch=reopen,guest=paused;refusal=1",
                    "guest=paused;io=1,backlog=1",
                    "guest=paused;mgr=1",
                    "switch=reopen,guest=paused," + WITNESS + ";refusal=1,open-dst=1,open-src=1",
                    "switch=reopen,guest=running;open-dst=1,open-src=1,mgr=1",
                    "switch=reopen,guest=running," + WITNESS + ";refusal=1,qemu=1",
                    "switch=reopen,guest=running," + WITNESS + ";open-dst=1,open-src=1,cut=1",
                    "switch=transaction-reopen,guest=running;open-dst=1,cut=1",
                    "guest=running;qemu=1,cut=1",
                    "switch=transaction-reopen,guest=paused;open-dst=1,cut=1",
                    "switch=reopen,guest=running," + WITNESS + ";qemu=1,cut=1",
                    "guest=pending-first;qemu=1,another=1",
                    "guest=paused;change=1,cut=1",
                    "guest=paused;qemu=1,another=1",
                    "switch=reopen,guest=paused," + WITNESS + ";change=1,mgr=1",
                    "switch=reopen,guest=paused;mgr=1,resume=1",
                    "guest=pending-first;mgr=1,cut=1",
                    "guest=paused;resume=1,cut=1",
                    "guest=running;refusal=1,mgr=1",
                    "guest=paused;mgr=1,cut=1",
                    "guest=pending-first;refusal=1,mgr=1",
                    "switch=reopen,guest=paused," + WITNESS + ";open-dst=1,open-src=1,resume=1,cut=1",
                    "guest=paused;refusal=1,mgr=1",
                    "switch=reopen,guest=paused;another=1,mgr=1",
                    "switch=reopen,guest=paused," + WITNESS + ";io=1,cut=1",
                    "switch=reopen,guest=paused," + WITNESS + ";qemu=1,cut=1",
                    "switch=reopen,guest=paused," + WITNESS + ";qemu=1,refusal=1",
                    "guest=paused;change=1,dismiss=1,mgr=1",
                    "switch=reopen,guest=running," + WITNESS + ";open-dst=1,open-src=1,another=1,cut=1",
                    "guest=paused;change=1,mgr=1,resume=1",
                    "guest=paused;none;2",
                    "guest=paused;qemu=1;2",
                    "guest=pending-first;cancel=1,resume=1,cut=1",
                    "guest=paused;cancel=1,dismiss=1,cut=1",
                    "guest=paused;another=1,cut=1,resume=1")
            .map(Worlds::inquiry)
            .toList();

    private Worlds() {}

    private static Inquiry inquiry(String text) {
        String[] parts = text.split(";");
        int disks = parts.length > 2 ? Integer.parseInt(parts[2]) : 1;
        return new Inquiry(
                Variant.of(List.of(parts[0].split(","))),
                Inquiry.faults(List.of(parts[1].split(","))),
                disks > 1 ? 0 : 1,
                disks);
    }
}
