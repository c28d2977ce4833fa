package dev.blockcopy.simulator.crash;

/** Who dies of a blow. */
enum Death {
    MANAGER("the manager dies"),
    QEMU("QEMU dies"),
    BOTH("manager and QEMU die"),
    POWER("the host loses power");

    private final String text;

    Death(String text) {
        this.text = text;
    }

    boolean takesManager() {
        return this != QEMU;
    }

    boolean takesQemu() {
        return this != MANAGER;
    }

    @Override
    public String toString() {
        return text;
    }
}
