package dev.blockcopy.qemufake.server;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a client's bytes into JSON values: they may follow one another, span lines and need no line feed. What is no
 * object or array ends with its line, and so does a string with a line feed in it.
 */
final class Framer {
    /** QEMU's own limit for a token, taken here for a whole value. */
    private static final int LENGTH_MAX = 64 << 20;

    private final ByteArrayOutputStream value = new ByteArrayOutputStream();
    private int depth;
    private boolean isInString;
    private boolean isEscaped;

    List<String> feed(byte[] bytes, int length) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            if (take(bytes[i])) {
                values.add(value.toString(StandardCharsets.UTF_8));
                reset();
            }
        }
        return values;
    }

    /** Adds a byte; true when it ends a value. */
    private boolean take(byte next) {
        boolean isBlank = next == ' ' || next == '\t' || next == '\r' || next == '\n';
        if (value.size() == 0 && isBlank) {
            return false;
        }
        if (next == '\n' && (isInString || depth == 0)) {
            return true;
        }
        value.write(next);
        if (isInString) {
            takeInString(next);
            return false;
        }
        isInString = next == '"';
        if (next == '{' || next == '[') {
            depth++;
        } else if ((next == '}' || next == ']') && depth > 0) {
            depth--;
            return depth == 0;
        }
        return value.size() >= LENGTH_MAX;
    }

    private void takeInString(byte next) {
        if (isEscaped) {
            isEscaped = false;
        } else if (next == '\\') {
            isEscaped = true;
        } else if (next == '"') {
            isInString = false;
        }
    }

    private void reset() {
        value.reset();
        depth = 0;
        isInString = false;
        isEscaped = false;
    }
}
