package dev.blockcopy.engine.qmp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Cuts bytes into lines; each byte is looked at once, however the line arrives. */
final class LineBuffer {

    private static final int FIRST_BYTES = 8192;

    private final int lineBytesMax;
    private byte[] line = new byte[FIRST_BYTES];
    private int length;

    LineBuffer(int lineBytesMax) {
        this.lineBytesMax = lineBytesMax;
    }

    /**
     * Takes bytes up to the end of a line: that line without its ending, or {@code null} if it goes on.
     *
     * @throws LineTooLongException if it is longer than allowed
     */
    String next(ByteBuffer bytes) throws LineTooLongException {
        while (bytes.hasRemaining()) {
            byte b = bytes.get();
            if (b == '\n') {
                return take();
            }
            append(b);
        }
        return null;
    }

    /** Bytes of the line that goes on. */
    int length() {
        return length;
    }

    private void append(byte b) throws LineTooLongException {
        if (length == lineBytesMax) {
            throw new LineTooLongException("a line of more than " + lineBytesMax + " bytes");
        }
        if (length == line.length) {
            line = Arrays.copyOf(line, (int) Math.min(2L * length, lineBytesMax));
        }
        line[length++] = b;
    }

    private String take() {
        int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
        String taken = new String(line, 0, end, StandardCharsets.UTF_8);
        length = 0;
        if (line.length > FIRST_BYTES) {
            line = new byte[FIRST_BYTES];
        }
        return taken;
    }

    /** A line is longer than allowed. */
    static final class LineTooLongException extends Exception {

        private static final long serialVersionUID = 1L;

        private LineTooLongException(String message) {
            super(message);
        }
    }
}
