package dev.blockcopy.qemufake;

/** Where generated node names come from: {@code #block}, a count, and two digits that look random. */
final class NodeNames {
    private final long seed;
    private int count;

    NodeNames(long seed, int count) {
        this.seed = seed;
        this.count = count;
    }

    NodeNames copy() {
        return new NodeNames(seed, count);
    }

    /** The name that {@link #take} gives next. */
    String peek() {
        long mixed = (seed + count + 1) * 0x9E3779B97F4A7C15L;
        int digits = Math.floorMod(mixed ^ mixed >>> 32, 100);
        return "#block" + count + (digits < 10 ? "0" : "") + digits;
    }

    String take() {
        String name = peek();
        count++;
        return name;
    }
}
