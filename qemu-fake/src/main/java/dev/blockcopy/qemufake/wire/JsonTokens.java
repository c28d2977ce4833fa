package dev.blockcopy.qemufake.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The tokens of a value that is still being read, in a few plain arrays: a million of them must not fill a heap. */
final class JsonTokens {
    private static final int CAPACITY = 256;
    private static final JsonToken[] TYPES = JsonToken.values();
    /** What an idle client may leave allocated. */
    private static final int KEPT_MAX = 64 << 10;

    private byte[] text = new byte[CAPACITY];
    private int length;
    private int[] starts = new int[CAPACITY / 4];
    private int[] ends = new int[CAPACITY / 4];
    private byte[] types = new byte[CAPACITY / 4];
    private int count;

    /** Adds a byte of text, whether it will belong to a token or not. */
    void append(int c) {
        if (length == text.length) {
            text = Arrays.copyOf(text, length * 2);
        }
        text[length++] = (byte) c;
    }

    /** Adds a stretch of text. */
    void append(byte[] bytes, int from, int end) {
        int more = end - from;
        if (more > text.length - length) {
            text = Arrays.copyOf(text, Math.max(length + more, length * 2));
        }
        System.arraycopy(bytes, from, text, length, more);
        length += more;
    }

    boolean endsInBlank() {
        return length == 0 || JsonLexer.isBlank(text[length - 1]);
    }

    /** Makes the text from {@code start} on a token. */
    void add(JsonToken type, int start) {
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, count * 2);
            ends = Arrays.copyOf(ends, count * 2);
            types = Arrays.copyOf(types, count * 2);
        }
        starts[count] = start;
        ends[count] = length;
        types[count++] = (byte) type.ordinal();
    }

    int length() {
        return length;
    }

    int count() {
        return count;
    }

    JsonToken type(int index) {
        return TYPES[types[index]];
    }

    int start(int index) {
        return starts[index];
    }

    int end(int index) {
        return ends[index];
    }

    int at(int offset) {
        return text[offset] & 0xFF;
    }

    /** Whether a stretch of the text is ASCII, without an escape. */
    boolean isPlain(int start, int end) {
        for (int i = start; i < end; i++) {
            if (text[i] < 0 || text[i] == '\\') {
                return false;
            }
        }
        return true;
    }

    /** A stretch of the text as QEMU prints it: up to a NUL, and what is no UTF-8 replaced. */
    String printed(int start, int end) {
        int stop = start;
        while (stop < end && text[stop] != 0) {
            stop++;
        }
        return new String(text, start, stop - start, StandardCharsets.UTF_8);
    }

    /** All text since the last value, blanks at either end left out. */
    String all() {
        return new String(text, 0, length, StandardCharsets.UTF_8).strip();
    }

    void clear() {
        if (text.length > KEPT_MAX || starts.length > KEPT_MAX) {
            text = new byte[CAPACITY];
            starts = new int[CAPACITY / 4];
            ends = new int[CAPACITY / 4];
            types = new byte[CAPACITY / 4];
        }
        length = 0;
        count = 0;
    }
}
