package dev.blockcopy.qemufake.wire;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes a value of tokens; the first thing that is wrong is told in QEMU's words (QEMU 7.2 {@code json-parser.c}). */
final class JsonParser {
    private static final String PREFIX = "JSON parse error, ";
    private static final BigInteger UINT64_MAX =
            BigInteger.ONE.shiftLeft(Long.SIZE).subtract(BigInteger.ONE);

    /** Ends the parse; the message is the complaint without its prefix. */
    static final class Wrong extends RuntimeException {
        private static final long serialVersionUID = 1;

        Wrong(String message) {
            super(message, null, false, false);
        }
    }

    private final JsonTokens tokens;
    private int next;

    JsonParser(JsonTokens tokens) {
        this.tokens = tokens;
    }

    JsonValue parse(String text) {
        try {
            return new JsonValue(value(), null, text);
        } catch (Wrong e) {
            return new JsonValue(null, PREFIX + e.getMessage(), text);
        }
    }

    private JsonToken peek() {
        if (next == tokens.count()) {
            throw new Wrong("premature EOI");
        }
        return tokens.type(next);
    }

    private JsonToken pop() {
        JsonToken type = peek();
        next++;
        return type;
    }

    private Object value() {
        return switch (pop()) {
            case LCURLY -> object();
            case LSQUARE -> array();
            case STRING -> new JsonString(tokens, tokens.start(next - 1), tokens.end(next - 1)).read();
            case INTEGER -> integer(word());
            case FLOAT -> Double.valueOf(word());
            case KEYWORD -> keyword(word());
            default -> throw new Wrong("expecting value");
        };
    }

    private String word() {
        return tokens.printed(tokens.start(next - 1), tokens.end(next - 1));
    }

    private Map<String, Object> object() {
        Map<String, Object> members = new LinkedHashMap<>();
        if (peek() == JsonToken.RCURLY) {
            next++;
            return members;
        }
        pair(members);
        for (JsonToken type = pop(); type != JsonToken.RCURLY; type = pop()) {
            if (type != JsonToken.COMMA) {
                throw new Wrong("expected separator in dict");
            }
            pair(members);
        }
        return members;
    }

    private void pair(Map<String, Object> members) {
        if (!(value() instanceof String name)) {
            throw new Wrong("key is not a string in object");
        }
        if (pop() != JsonToken.COLON) {
            throw new Wrong("missing : in object pair");
        }
        Object value = value();
        if (members.containsKey(name)) {
            throw new Wrong("duplicate key");
        }
        members.put(name, value);
    }

    private List<Object> array() {
        List<Object> elements = new ArrayList<>();
        if (peek() == JsonToken.RSQUARE) {
            next++;
            return elements;
        }
        elements.add(value());
        for (JsonToken type = pop(); type != JsonToken.RSQUARE; type = pop()) {
            if (type != JsonToken.COMMA) {
                throw new Wrong("expected separator in list");
            }
            elements.add(value());
        }
        return elements;
    }

    private static Object keyword(String word) {
        return switch (word) {
            case "true" -> Boolean.TRUE;
            case "false" -> Boolean.FALSE;
            case "null" -> null;
            default -> throw new Wrong("invalid keyword '" + word + "'");
        };
    }

    /** A signed number of 64 bits, else an unsigned one, else a floating one. */
    private static Object integer(String word) {
        try {
            return Long.valueOf(word);
        } catch (NumberFormatException e) {
            // Twenty digits hold every number of 64 bits; a longer one is not worth the time of an exact reading.
            boolean mayFit = word.charAt(0) != '-' && word.length() <= 20;
            BigInteger exact = mayFit ? new BigInteger(word) : null;
            return mayFit && exact.compareTo(UINT64_MAX) <= 0 ? exact : (Object) Double.valueOf(word);
        }
    }
}
