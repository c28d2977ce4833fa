package dev.blockcopy.model.qmp;

/** The three numbers of a version (QAPI {@code VersionTriple} in {@code control.json}), in wire order. */
public record VersionTriple(long micro, long minor, long major) implements QmpRecord, Comparable<VersionTriple> {

    @Override
    public int compareTo(VersionTriple other) {
        int byMajor = Long.compare(major, other.major);
        int byMinor = Long.compare(minor, other.minor);
        return byMajor != 0 ? byMajor : byMinor != 0 ? byMinor : Long.compare(micro, other.micro);
    }

    /** As people write it: {@code 7.2.22}. */
    @Override
    public String toString() {
        return major + "." + minor + "." + micro;
    }
}
