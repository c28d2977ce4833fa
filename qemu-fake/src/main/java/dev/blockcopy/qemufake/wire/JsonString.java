package dev.blockcopy.qemufake.wire;

/**
 * The text of a string token: escapes, and UTF-8 in which NUL may be two bytes and a character that Unicode does not
 * have is refused (QEMU 7.2 {@code parse_string}, {@code util/unicode.c}).
 */
final class JsonString {
    private static final String PLAIN = "\"'\\/bfnrt";
    private static final String MEANT = "\"'\\/\b\f\n\r\t";
    private static final int HEX_DIGITS = 4;
    private static final int BYTES_MAX = 6;
    /** The least that a sequence of two, three ... bytes may stand for. */
    private static final int[] LEAST = {0x80, 0x800, 0x10000, 0x20_0000, 0x400_0000};

    private final JsonTokens tokens;
    private final int end;
    private StringBuilder text;
    private int at;

    /** From its opening quote to after its closing one. */
    JsonString(JsonTokens tokens, int start, int end) {
        this.tokens = tokens;
        this.at = start + 1;
        this.end = end - 1;
    }

    String read() {
        if (tokens.isPlain(at, end)) {
            return tokens.printed(at, end);
        }
        text = new StringBuilder();
        while (at < end) {
            if (tokens.at(at) == '\\') {
                escape();
            } else {
                text.appendCodePoint(codePoint());
            }
        }
        return text.toString();
    }

    private void escape() {
        int start = at++;
        int letter = tokens.at(at++);
        int plain = PLAIN.indexOf(letter);
        if (plain >= 0) {
            text.append(MEANT.charAt(plain));
            return;
        }
        if (letter != 'u') {
            throw new JsonParser.Wrong("invalid escape sequence in string");
        }
        int codePoint = escapedCodePoint();
        if (!isValid(codePoint)) {
            throw new JsonParser.Wrong(
                    tokens.printed(start, Math.min(at, end + 1)) + " is not a valid Unicode character");
        }
        text.appendCodePoint(codePoint);
    }

    private int escapedCodePoint() {
        int first = hex();
        boolean isLeading = first >= Character.MIN_HIGH_SURROGATE && first <= Character.MAX_HIGH_SURROGATE;
        if (!isLeading || at + 1 >= end || tokens.at(at) != '\\' || tokens.at(at + 1) != 'u') {
            return first;
        }
        int before = at;
        at += 2;
        int second = hex();
        if (second < Character.MIN_LOW_SURROGATE || second > Character.MAX_LOW_SURROGATE) {
            at = before;
            return -1;
        }
        return Character.toCodePoint((char) first, (char) second);
    }

    /** Four digits; -1 if one is none. */
    private int hex() {
        int number = 0;
        for (int i = 0; i < HEX_DIGITS; i++, at++) {
            int digit = at < end ? Character.digit((char) tokens.at(at), 16) : -1;
            number = digit < 0 || number < 0 ? -1 : number << 4 | digit;
        }
        return number;
    }

    private int codePoint() {
        int first = tokens.at(at++);
        if (first < 0x80) {
            return first;
        }
        int length = Integer.numberOfLeadingZeros(~(first << 24));
        if (length < 2 || length > BYTES_MAX) {
            throw invalid();
        }
        int codePoint = first & (0x7F >> length);
        for (int i = 1; i < length; i++) {
            if (at >= end || (tokens.at(at) & 0xC0) != 0x80) {
                throw invalid();
            }
            codePoint = codePoint << 6 | tokens.at(at++) & 0x3F;
        }
        boolean isNul = codePoint == 0 && length == 2;
        if (!isNul && codePoint < LEAST[length - 2] || !isValid(codePoint)) {
            throw invalid();
        }
        return codePoint;
    }

    private static JsonParser.Wrong invalid() {
        return new JsonParser.Wrong("invalid UTF-8 sequence in string");
    }

    private static boolean isValid(int codePoint) {
        boolean isNoCharacter = codePoint >= 0xFDD0 && codePoint <= 0xFDEF || (codePoint & 0xFFFE) == 0xFFFE;
        boolean isSurrogate = codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
        return codePoint >= 0 && codePoint <= Character.MAX_CODE_POINT && !isNoCharacter && !isSurrogate;
    }
}
