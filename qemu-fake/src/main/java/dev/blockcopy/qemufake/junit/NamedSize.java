package dev.blockcopy.qemufake.junit;

import dev.blockcopy.qemufake.Sizes;

/**
 * An image in memory.
 *
 * @param name what it is opened by
 * @param bytes how large it is
 */
record NamedSize(String name, long bytes) {
    /** Reads {@code NAME=SIZE}. */
    static NamedSize of(String text) {
        int equals = text.lastIndexOf('=');
        long bytes = Sizes.parse(text.substring(equals + 1));
        if (equals < 1 || bytes < 0) {
            throw new IllegalArgumentException("image '" + text + "': write NAME=SIZE, like drive0=64M");
        }
        return new NamedSize(text.substring(0, equals), bytes);
    }
}
