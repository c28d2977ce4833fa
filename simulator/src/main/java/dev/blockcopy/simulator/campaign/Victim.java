package dev.blockcopy.simulator.campaign;

/** Who is struck, and how. */
public enum Victim {
    /** The engine, by SIGKILL. */
    ENGINE("engine-killed"),
    /** QEMU, by SIGKILL. */
    QEMU("qemu-killed"),
    /** Both, by SIGKILL. */
    BOTH("both-killed"),
    /** The engine, by SIGSTOP; it goes on when another has taken over. */
    STOPPED("engine-stopped"),
    /** No engine of ours: libvirtd, by SIGKILL, in the middle of a pivot of its own. */
    LIBVIRT("libvirt-killed");

    private final String campaign;

    Victim(String campaign) {
        this.campaign = campaign;
    }

    boolean includesQemu() {
        return this == QEMU || this == BOTH;
    }

    boolean includesEngine() {
        return this == ENGINE || this == BOTH;
    }

    /** The name of its campaign. */
    @Override
    public String toString() {
        return campaign;
    }
}
