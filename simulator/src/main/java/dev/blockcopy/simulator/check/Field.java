package dev.blockcopy.simulator.check;

/**
 * Some bits of a packed state.
 *
 * @param word in which word of the state
 * @param shift how far from its lower end
 * @param bits how many
 */
record Field(int word, int shift, int bits) {
    long mask() {
        return (1L << bits) - 1 << shift;
    }

    int get(long[] states, int at) {
        return (int) (states[at + word] >>> shift & (1L << bits) - 1);
    }

    void set(long[] states, int at, int code) {
        states[at + word] = states[at + word] & ~mask() | (long) code << shift;
    }
}
