package dev.blockcopy.qemufake.server;

import java.util.List;

/** The options that the fake is started with: QEMU's own, those of QEMU that say nothing about disks, and the fake's. */
enum StartOption {
    DRIVE("OPTS", "if=none,id=,node-name=,file=,format=,readonly=", "-drive"),
    BLOCKDEV("OPTS", "driver=,node-name=,... or JSON", "-blockdev"),
    DEVICE("OPTS", "virtio-blk-pci,drive=,id=", "-device"),
    OBJECT("OPTS", "throttle-group,id=,x-bps-write=,...", "-object"),
    QMP("unix:PATH", "a monitor; several may be given", "-qmp"),
    CHARDEV("OPTS", "socket,id=,path=,server=on,wait=off: a socket for -mon", "-chardev"),
    MON("OPTS", "chardev=,mode=control: a monitor", "-mon"),
    STOPPED(null, "the guest does not run before cont", "-S"),
    DAEMONIZE(null, "goes into the background; the command ends when all monitors listen", "-daemonize"),
    PIDFILE("FILE", "gets the process id, goes at the end", "-pidfile"),
    MACHINE("TYPE", StartOption.IGNORED, "-M", "-machine"),
    ACCEL("NAME", StartOption.IGNORED, "-accel"),
    CPU("MODEL", StartOption.IGNORED, "-cpu"),
    MEMORY("SIZE", StartOption.IGNORED, "-m"),
    SMP("N", StartOption.IGNORED, "-smp"),
    DISPLAY("TYPE", StartOption.IGNORED, "-display"),
    VGA("TYPE", StartOption.IGNORED, "-vga"),
    SERIAL("DEV", StartOption.IGNORED, "-serial"),
    MONITOR("DEV", StartOption.IGNORED, "-monitor"),
    NET("OPTS", StartOption.IGNORED, "-net", "-nic"),
    SIMPLY(null, StartOption.IGNORED, "-nodefaults", "-no-user-config", "-nographic", "-no-reboot", "-no-shutdown"),
    FAULT(
            "PRESET|RULE|FILE",
            "something that is to go wrong; several may be given; help lists what there is",
            "--fault"),
    DIALECT("NAME", "which QEMU it is: qemu-7.2 (default), qemu-1.3, proposal-2012, rhel6, atomic", "--dialect"),
    SEED("N", "pick any of what may happen next, by this seed", "--seed"),
    CLOCK(
            "real|virtual",
            "virtual: from 1970 on, time stands still while there is anything to do, and then skips the waiting",
            "--clock"),
    GUEST("RATE", "a guest writes so many records a second to the first disk", "--guest"),
    NO_DESCRIPTORS(null, "starts sooner, and loses open files that clients send along", "--no-descriptors"),
    JOURNAL("FILE", "everything that crosses a monitor, as JSON Lines", "--journal"),
    READY_FILE("FILE", "made when all monitors listen; several may be given", "--ready-file"),
    HELP(null, "this", "-h", "-help", "--help"),
    VERSION(null, "which version it is", "-V", "-version", "--version");

    private static final String IGNORED = "taken and ignored";

    private final String value;
    private final String description;
    private final List<String> names;

    StartOption(String value, String description, String... names) {
        this.value = value;
        this.description = description;
        this.names = List.of(names);
    }

    /** What its value is called; null for an option that has none. */
    String value() {
        return value;
    }

    String description() {
        return description;
    }

    List<String> names() {
        return names;
    }
}
