package dev.blockcopy.qemufake.wire;

/** What the lexer tells apart (QEMU 7.2 {@code json-parser-int.h}). */
enum JsonToken {
    LCURLY,
    RCURLY,
    LSQUARE,
    RSQUARE,
    COLON,
    COMMA,
    INTEGER,
    FLOAT,
    KEYWORD,
    STRING;

    /** The token that a character is by itself, or null. */
    static JsonToken structural(int character) {
        return switch (character) {
            case '{' -> LCURLY;
            case '}' -> RCURLY;
            case '[' -> LSQUARE;
            case ']' -> RSQUARE;
            case ':' -> COLON;
            case ',' -> COMMA;
            default -> null;
        };
    }
}
