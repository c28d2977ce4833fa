package dev.blockcopy.simulator.crash;

import java.util.SplittableRandom;

/** On which image somebody starts another QEMU on the same socket, some time after the first has died. */
enum Another {
    NONE(""),
    ON_SOURCE(", another QEMU on the source"),
    ON_DESTINATION(", another QEMU on the destination");

    private final String text;

    Another(String text) {
        this.text = text;
    }

    static Another of(SplittableRandom random) {
        return switch (random.nextInt(4)) {
            case 0, 1 -> ON_SOURCE;
            case 2 -> ON_DESTINATION;
            default -> NONE;
        };
    }

    @Override
    public String toString() {
        return text;
    }
}
