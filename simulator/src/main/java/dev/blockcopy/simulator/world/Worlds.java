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
                    "guest=paused;stop=1",
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
                    "switch=reopen,guest=paused," + WITNESS + ";open-dst=1,open-src=1,resume=1,stop=1,cut=1;1",
                    "guest=paused;change=1,resume=1,stop=1,mgr=1;1",
                    "guest=paused;another=1,cut=1,resume=1")
            .map(Worlds::inquiry)
            .toList();

    /** Those, and further ones that take no other rows, and tell wrong ones from right ones. */
    static final List<Inquiry> ALL = Stream.concat(
                    SMALL.stream(),
                    Stream.of(
                                    "guest=pending-first;cut=1;1",
                                    "guest=pending-first;qemu=1",
                                    "guest=running;cut=1;1",
                                    "switch=reopen,guest=running," + WITNESS + ";cut=1;1",
                                    "switch=reopen,guest=paused," + WITNESS + ";cut=1;1",
                                    "guest=pending-first;mgr=1,cut=1;1",
                                    "guest=paused;mgr=1,cut=1;1",
                                    "guest=running;mgr=1,qemu=1",
                                    "guest=paused;mgr=1,qemu=1",
                                    "guest=pending-first;mgr=1,qemu=1",
                                    "switch=reopen,guest=paused," + WITNESS + ";mgr=1,qemu=1",
                                    "switch=reopen,guest=running," + WITNESS + ";mgr=1,qemu=1",
                                    "guest=paused;mgr=1,io=1;1",
                                    "guest=paused;cut=1,io=1;1",
                                    "guest=pending-first;cut=1,io=1;1",
                                    "guest=paused;qemu=1,resume=1",
                                    "guest=paused;cut=1,change=1;1",
                                    "guest=paused;another=1;1",
                                    "switch=reopen,guest=running," + WITNESS + ";mgr=1,another=1;1",
                                    "guest=paused;cut=1,cancel=1,dismiss=1;1",
                                    "guest=paused;qemu=1,cut=1,resume=1;1",
                                    "guest=paused;cut=1,completion=1;1",
                                    "guest=pending-first;mgr=1,completion=1;1",
                                    "guest=paused;backlog=1;2",
                                    "guest=paused;refusal=1;2",
                                    "guest=paused;completion=1;2",
                                    "guest=paused;io=1;2",
                                    "guest=paused;resume=1;2",
                                    "guest=paused;mgr=1;2",
                                    "guest=paused;cut=1;2",
                                    "guest=paused;cut=1,refusal=1;1",
                                    "guest=running;cut=1,refusal=1;1",
                                    "guest=pending-first;cut=1,refusal=1;1",
                                    "guest=running;mgr=1,refusal=1;1",
                                    "guest=pending-first;mgr=1,refusal=1;1",
                                    "switch=reopen,guest=paused," + WITNESS + ";cut=1,refusal=1;1",
                                    "switch=reopen,guest=running," + WITNESS + ";cut=1,open-dst=1,open-src=1;1",
                                    "switch=reopen,guest=paused," + WITNESS + ";mgr=1,another=1;1",
                                    "guest=pending-first;cut=1,another=1;1",
                                    "guest=paused;change=1",
                                    "guest=running;qemu=1",
                                    "guest=paused;cut=1,io=1,resume=1;1",
                                    "guest=paused;backlog=1;1",
                                    "guest=paused;mgr=1,resume=1;1",
                                    "guest=paused;cut=2,change=1;1",
                                    "guest=running;cut=2,change=1;1",
                                    "guest=pending-first;cut=2;1",
                                    "switch=reopen,guest=paused," + WITNESS + ";cut=1,another=1;1",
                                    "switch=reopen,guest=running," + WITNESS + ";qemu=1,cut=2;1",
                                    "switch=reopen,guest=running," + WITNESS + ";cut=2,open-dst=1,open-src=1;1",
                                    "switch=reopen,guest=running," + WITNESS + ";mgr=1,qemu=1,refusal=1;1",
                                    "guest=paused;mgr=1,refusal=1;2",
                                    "guest=paused;cancel=1,dismiss=1;1")
                            .map(Worlds::inquiry))
            .toList();

    private Worlds() {}

    /** A variant, its faults, and the number of disks; where that is said, the caller makes no request. */
    private static Inquiry inquiry(String text) {
        String[] parts = text.split(";");
        boolean isSilent = parts.length > 2;
        int disks = isSilent ? Integer.parseInt(parts[2]) : 1;
        return new Inquiry(
                Variant.of(List.of(parts[0].split(","))),
                Inquiry.faults(List.of(parts[1].split(","))),
                isSilent ? 0 : 1,
                disks);
    }
}
