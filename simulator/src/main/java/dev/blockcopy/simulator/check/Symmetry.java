package dev.blockcopy.simulator.check;

import java.util.List;

/**
 * Ways to rename the parts of a world after which it is the same world: of states that are alike but for the names, one is
 * explored for all. Claims must not tell the parts apart.
 *
 * @param renamings all of them but the one that changes nothing
 */
public record Symmetry(List<Renaming> renamings) {
    public static final Symmetry NONE = new Symmetry(List.of());

    /**
     * One renaming.
     *
     * @param to for each position of a state the position at which its value stands afterwards
     * @param numbers for each position what becomes of its value, by number; null where it stays what it is
     */
    public record Renaming(int[] to, int[][] numbers) {}

    public Symmetry {
        renamings = List.copyOf(renamings);
    }
}
