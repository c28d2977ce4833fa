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

    private static final String STRUCTURAL = "{}[]:,";
    private static final JsonToken[] ALL = values();

    /** The token that a character is by itself, or null. */
    static JsonToken structural(int character) {
        int index = STRUCTURAL.indexOf(character);
        return index < 0 ? null : ALL[index];
    }
}
