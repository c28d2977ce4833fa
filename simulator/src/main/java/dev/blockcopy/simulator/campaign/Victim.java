package dev.blockcopy.simulator.campaign;

/** Who is killed, with SIGKILL. */
public enum Victim {
    ENGINE,
    QEMU,
    BOTH;

    boolean includesQemu() {
        return this != ENGINE;
    }

    boolean includesEngine() {
        return this != QEMU;
    }
}
