package dev.blockcopy.qemufake;

import java.util.ArrayList;
import java.util.List;

/**
 * A set of bytes of a disk as disjoint ascending ranges: what a mirror has still to carry over. Immutable.
 *
 * @param ranges ascending, neither touching nor overlapping
 */
public record Extents(List<Range> ranges) {
    /** Bytes from {@code start} up to but not including {@code end}. */
    public record Range(long start, long end) {
        long length() {
            return end - start;
        }
    }

    static final Extents NONE = new Extents(List.of());

    static Extents of(long start, long end) {
        return NONE.with(start, end);
    }

    boolean isEmpty() {
        return ranges.isEmpty();
    }

    long bytes() {
        long bytes = 0;
        for (Range range : ranges) {
            bytes += range.length();
        }
        return bytes;
    }

    Extents with(long start, long end) {
        if (start >= end) {
            return this;
        }
        long low = start;
        long high = end;
        List<Range> before = new ArrayList<>();
        List<Range> after = new ArrayList<>();
        for (Range range : ranges) {
            if (range.end < low) {
                before.add(range);
            } else if (range.start > high) {
                after.add(range);
            } else {
                low = Math.min(low, range.start);
                high = Math.max(high, range.end);
            }
        }
        before.add(new Range(low, high));
        before.addAll(after);
        return new Extents(List.copyOf(before));
    }

    Extents without(Range gone) {
        List<Range> left = new ArrayList<>();
        for (Range range : ranges) {
            addIfAny(left, range.start, Math.min(range.end, gone.start));
            addIfAny(left, Math.max(range.start, gone.end), range.end);
        }
        return new Extents(List.copyOf(left));
    }

    private static void addIfAny(List<Range> ranges, long start, long end) {
        if (start < end) {
            ranges.add(new Range(start, end));
        }
    }

    /** What of this lies in a range. */
    List<Range> within(Range range) {
        List<Range> inside = new ArrayList<>();
        ranges.forEach(each -> addIfAny(inside, Math.max(each.start, range.start), Math.min(each.end, range.end)));
        return inside;
    }

    /** The next piece to carry: from {@code cursor} on, or else from the start, at most {@code most} bytes of it. */
    Range next(long cursor, long most) {
        Range range = ranges.stream()
                .filter(candidate -> candidate.end > cursor)
                .findFirst()
                .orElse(ranges.get(0));
        long start = range.end > cursor ? Math.max(range.start, cursor) : range.start;
        return new Range(start, Math.min(range.end, start + most));
    }
}
