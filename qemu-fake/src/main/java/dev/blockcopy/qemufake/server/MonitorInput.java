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
    private boolean isComplete;

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
        isComplete = false;
        Consumer<JsonValue> last = value -> {
            isComplete = true;
            sink.accept(value);
        };
        while (isPending() && !isComplete) {
            next = stream.takeText(bytes, next, bytes.length);
            if (isPending()) {
                stream.take(bytes[next++], last);
            }
        }
    }
}
