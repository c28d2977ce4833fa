package dev.blockcopy.qemufake.wire;

/**
 * The states of QEMU's lexer and how a byte leads from one to the next (QEMU 7.2 {@code qobject/json-lexer.c}).
 *
 * <p>A byte that ends a number or a keyword is looked at again in the state after it. After an error everything is
 * skipped up to a structural character, an ASCII control character other than a tab, or a byte that UTF-8 never has.
 */
enum JsonLexer {
    START,
    RECOVERY,
    IN_STRING,
    IN_STRING_ESCAPE,
    IN_QUOTED,
    IN_QUOTED_ESCAPE,
    ZERO,
    SIGN,
    DIGITS,
    MANTISSA,
    MANTISSA_DIGITS,
    EXPONENT,
    EXPONENT_SIGN,
    EXPONENT_DIGITS,
    WORD,
    /** The byte can't stand there; it belongs to what is refused. */
    ERROR,
    /** The byte ends the token and belongs to it. */
    STRING_END,
    /** The byte is a token by itself. */
    STRUCTURAL,
    /** The byte ends the token and is to be looked at again. */
    TOKEN_END,
    /** The byte ends the recovery and is to be looked at again. */
    RECOVERED;

    private static final int IMPOSSIBLE_IN_UTF8 = 0xFE;

    private static final int BYTES = 256;

    static {
        for (JsonLexer state : values()) {
            if (state.compareTo(ERROR) < 0) {
                for (int c = 0; c < BYTES; c++) {
                    state.next[c] = state.after(c);
                }
            }
        }
    }

    private final JsonLexer[] next = new JsonLexer[BYTES];

    /** Where a byte leads to from here, where bytes are read. */
    JsonLexer next(int c) {
        return next[c];
    }

    private JsonLexer after(int c) {
        return switch (this) {
            case START -> start(c);
            case RECOVERY -> isResynchronising(c) ? RECOVERED : RECOVERY;
            case IN_STRING -> inString(c, '"', IN_STRING_ESCAPE);
            case IN_QUOTED -> inString(c, '\'', IN_QUOTED_ESCAPE);
            case IN_STRING_ESCAPE -> isText(c) ? IN_STRING : ERROR;
            case IN_QUOTED_ESCAPE -> isText(c) ? IN_QUOTED : ERROR;
            case SIGN -> c == '0' ? ZERO : isDigit(c) ? DIGITS : ERROR;
            case ZERO -> isDigit(c) ? ERROR : c == '.' ? MANTISSA : TOKEN_END;
            case DIGITS -> isDigit(c) ? DIGITS : c == '.' ? MANTISSA : isExponent(c) ? EXPONENT : TOKEN_END;
            case MANTISSA -> isDigit(c) ? MANTISSA_DIGITS : ERROR;
            case MANTISSA_DIGITS -> isDigit(c) ? MANTISSA_DIGITS : isExponent(c) ? EXPONENT : TOKEN_END;
            case EXPONENT -> isDigit(c) ? EXPONENT_DIGITS : c == '-' || c == '+' ? EXPONENT_SIGN : ERROR;
            case EXPONENT_SIGN -> isDigit(c) ? EXPONENT_DIGITS : ERROR;
            case EXPONENT_DIGITS -> isDigit(c) ? EXPONENT_DIGITS : TOKEN_END;
            case WORD -> isLowerCase(c) ? WORD : TOKEN_END;
            case ERROR, STRING_END, STRUCTURAL, TOKEN_END, RECOVERED ->
                throw new IllegalStateException("no byte is read in " + this);
        };
    }

    /** Whether a byte of ASCII leads from here to here, within a string. */
    boolean goesOn(byte c) {
        return c >= ' ' && c != '\\' && (this == IN_STRING && c != '"' || this == IN_QUOTED && c != '\'');
    }

    private static JsonLexer start(int c) {
        if (isBlank(c)) {
            return START;
        }
        if (JsonToken.structural(c) != null) {
            return STRUCTURAL;
        }
        if (isLowerCase(c)) {
            return WORD;
        }
        return switch (c) {
            case '"' -> IN_STRING;
            case '\'' -> IN_QUOTED;
            case '-' -> SIGN;
            case '0' -> ZERO;
            default -> isDigit(c) ? DIGITS : ERROR;
        };
    }

    private static JsonLexer inString(int c, char quote, JsonLexer escape) {
        if (c == quote) {
            return STRING_END;
        }
        if (c == '\\') {
            return escape;
        }
        return isText(c) ? (quote == '"' ? IN_STRING : IN_QUOTED) : ERROR;
    }

    /** What kind of token ends when this state meets a byte that does not go on with it. */
    JsonToken token() {
        return switch (this) {
            case WORD -> JsonToken.KEYWORD;
            case ZERO, DIGITS -> JsonToken.INTEGER;
            default -> JsonToken.FLOAT;
        };
    }

    static boolean isBlank(int c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    private static boolean isResynchronising(int c) {
        return c < ' ' && c != '\t' || c >= IMPOSSIBLE_IN_UTF8 || JsonToken.structural(c) != null;
    }

    private static boolean isText(int c) {
        return c >= ' ' && c < IMPOSSIBLE_IN_UTF8;
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLowerCase(int c) {
        return c >= 'a' && c <= 'z';
    }

    private static boolean isExponent(int c) {
        return c == 'e' || c == 'E';
    }
}
