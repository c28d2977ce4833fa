package dev.blockcopy.qemufake;

/**
 * A piece of a disk that a job is carrying over right now.
 *
 * @param range which piece
 * @param dueMicros not done before this time, as a throttled node wants it
 */
record Request(Extents.Range range, long dueMicros) {}
