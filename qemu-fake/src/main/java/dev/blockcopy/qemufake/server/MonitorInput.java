package dev.blockcopy.qemufake.server;

import dev.blockcopy.qemufake.wire.JsonStream;
import dev.blockcopy.qemufake.wire.JsonValue;
import java.util.Arrays;
import java.util.function.Consumer;

/** The bytes of a client that have come, and how far they are read. */
final class MonitorInput {
    private final JsonStream stream = JsonStream.withinHeap();
    private byte[] bytes = new byte[0];
    private int next;

    void add(byte[] more, int length) {
        byte[] all = Arrays.copyOfRange(bytes, next, bytes.length + length);
        System.arraycopy(more, 0, all, bytes.length - next, length);
        bytes = all;
        next = 0;
    }

    boolean isPending() {
        return next < bytes.length;
    }

    /** Reads up to the next value, or to the end of what has come. */
    void read(Consumer<JsonValue> sink) {
        boolean[] isComplete = new boolean[1];
        while (isPending() && !isComplete[0]) {
            stream.take(bytes[next++], value -> {
                isComplete[0] = true;
                sink.accept(value);
            });
        }
    }
}
