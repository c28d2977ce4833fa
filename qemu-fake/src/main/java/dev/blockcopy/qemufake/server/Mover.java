package dev.blockcopy.qemufake.server;

import dev.blockcopy.qemufake.QemuMove;
import java.util.List;
import java.util.SplittableRandom;

/** Who picks among the things that a QEMU may do next. */
interface Mover {
    /** One of the moves; there is at least one. */
    QemuMove pick(List<QemuMove> moves);

    /** The most urgent one, as a QEMU with nothing else to do would. */
    static Mover eager() {
        return moves -> moves.get(0);
    }

    /** Any one, the same for the same seed. */
    static Mover seeded(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return moves -> moves.get(random.nextInt(moves.size()));
    }
}
