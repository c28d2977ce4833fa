package dev.blockcopy.engine;

import java.util.List;

/**
 * What one QEMU can do for copies, and what follows from it.
 *
 * @param version QEMU's own words
 * @param dialect the dialect that would be spoken, or empty if none of ours fits
 * @param missing commands that copies need and this QEMU lacks
 * @param disks the disks that could be copied, a line each
 * @param guarantees what holds for a copy with this QEMU, a line each
 */
public record Probe(String version, String dialect, List<String> missing, List<String> disks, List<String> guarantees) {
    public Probe {
        missing = List.copyOf(missing);
        disks = List.copyOf(disks);
        guarantees = List.copyOf(guarantees);
    }
}
