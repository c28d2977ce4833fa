package dev.blockcopy.qemufake;

/**
 * What of a node has been written since somebody began to look, in whole granules. Immutable.
 *
 * @param name as the client called it
 * @param granularity bytes that are tracked as one
 * @param isRecording false while it is disabled
 * @param dirty what was written
 * @param frozen what a backup is saving of it right now; null while none is
 */
record DirtyBitmap(String name, long granularity, boolean isRecording, Extents dirty, Extents frozen) {
    DirtyBitmap with(Extents.Range range) {
        long low = range.start() / granularity * granularity;
        long high = (range.end() + granularity - 1) / granularity * granularity;
        return is(dirty.with(low, high));
    }

    DirtyBitmap is(Extents written) {
        return new DirtyBitmap(name, granularity, isRecording, written, frozen);
    }

    DirtyBitmap recording(boolean is) {
        return new DirtyBitmap(name, granularity, is, dirty, frozen);
    }

    /** A backup takes what there is, and what comes from now on is kept apart. */
    DirtyBitmap freeze() {
        return new DirtyBitmap(name, granularity, isRecording, Extents.NONE, dirty);
    }

    /** The backup has ended, and this is still to be saved. */
    DirtyBitmap thaw(Extents unsaved) {
        DirtyBitmap thawed = new DirtyBitmap(name, granularity, isRecording, dirty, null);
        for (Extents.Range range : unsaved.ranges()) {
            thawed = thawed.with(range);
        }
        return thawed;
    }

    boolean isBusy() {
        return frozen != null;
    }

    /** What QEMU calls {@code count}. */
    long count() {
        return isBusy() ? frozen.bytes() : dirty.bytes();
    }
}
