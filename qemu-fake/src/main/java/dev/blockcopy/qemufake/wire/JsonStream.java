package dev.blockcopy.qemufake.wire;

import java.util.function.Consumer;

/**
 * Cuts a client's bytes into JSON values and complaints, as QEMU 7.2 does ({@code qobject/json-streamer.c}): values may
 * follow one another, span lines and need no line feed; after an error reading goes on at the next promising byte, so
 * that one bad line may be answered twice. For one thread.
 */
public final class JsonStream {
    /** QEMU's limit for all the tokens of a value together. */
    public static final int TOKEN_BYTES_MAX = 64 << 20;

    private static final int TOKENS_MAX = 2 << 20;
    private static final int NESTING_MAX = 1024;
    /** Three of the largest values fit into a heap: as bytes, as a string and on their way out. */
    private static final int PART_OF_HEAP = 16;

    private final int tokenBytesMax;
    private final JsonTokens tokens = new JsonTokens();
    private JsonLexer state = JsonLexer.START;
    private int tokenStart;
    private int tokenBytes;
    private int braces;
    private int brackets;

    /** A stream with QEMU's limits. */
    public JsonStream() {
        this(TOKEN_BYTES_MAX);
    }

    JsonStream(int tokenBytesMax) {
        this.tokenBytesMax = tokenBytesMax;
    }

    /** A stream whose largest value is QEMU's, or a sixteenth of this JVM's heap where that is less. */
    public static JsonStream withinHeap() {
        return new JsonStream(
                (int) Math.min(TOKEN_BYTES_MAX, Runtime.getRuntime().maxMemory() / PART_OF_HEAP));
    }

    /** Takes a byte; what it completes goes to the sink: nothing mostly, two values at most. */
    public void take(byte next, Consumer<JsonValue> sink) {
        int c = next & 0xFF;
        boolean isTaken = false;
        while (!isTaken) {
            isTaken = step(c, sink);
        }
        if (tokens.length() - tokenStart > tokenBytesMax) {
            complain("JSON token size limit exceeded", sink);
            state = JsonLexer.START;
        }
    }

    /** Takes what goes on with a string and neither ends nor escapes it, which is most of what clients send; gives its end. */
    public int takeText(byte[] bytes, int from, int end) {
        int room = tokenBytesMax - (tokens.length() - tokenStart);
        int stop = Math.min(end, from + room);
        int next = from;
        while (next < stop && state.goesOn(bytes[next])) {
            next++;
        }
        tokens.append(bytes, from, next);
        return next;
    }

    /** Moves on by a byte; false when it is to be looked at again. */
    private boolean step(int c, Consumer<JsonValue> sink) {
        JsonLexer before = state;
        JsonLexer after = before.next(c);
        switch (after) {
            case RECOVERED, TOKEN_END -> {
                state = JsonLexer.START;
                if (after == JsonLexer.TOKEN_END) {
                    token(before.token(), sink);
                }
                return false;
            }
            case RECOVERY -> state = JsonLexer.RECOVERY;
            case START -> blank(c);
            case ERROR -> {
                tokens.append(c);
                complain("JSON parse error, stray '" + tokens.printed(tokenStart, tokens.length()) + "'", sink);
                state = JsonLexer.RECOVERY;
            }
            case STRING_END, STRUCTURAL -> {
                tokens.append(c);
                state = JsonLexer.START;
                token(after == JsonLexer.STRING_END ? JsonToken.STRING : JsonToken.structural(c), sink);
            }
            default -> {
                tokens.append(c);
                state = after;
            }
        }
        return true;
    }

    /** Of a row of blanks one is kept, for those who read the text. */
    private void blank(int c) {
        if (!tokens.endsInBlank()) {
            tokens.append(c);
        }
        tokenStart = tokens.length();
    }

    private void token(JsonToken type, Consumer<JsonValue> sink) {
        count(type);
        String limit = limitExceededBy(tokens.length() - tokenStart);
        if (limit != null) {
            complain(limit, sink);
            return;
        }
        tokenBytes += tokens.length() - tokenStart;
        tokens.add(type, tokenStart);
        tokenStart = tokens.length();
        boolean isWithin = (braces > 0 || brackets > 0) && braces >= 0 && brackets >= 0;
        if (!isWithin) {
            emit(new JsonParser(tokens).parse(tokens.all()), sink);
        }
    }

    private void count(JsonToken type) {
        switch (type) {
            case LCURLY -> braces++;
            case RCURLY -> braces--;
            case LSQUARE -> brackets++;
            case RSQUARE -> brackets--;
            default -> {
                // Says nothing about nesting.
            }
        }
    }

    private String limitExceededBy(int bytes) {
        if (tokenBytes + bytes + 1 > tokenBytesMax) {
            return "JSON token size limit exceeded";
        }
        if (tokens.count() + 1 > TOKENS_MAX) {
            return "JSON token count limit exceeded";
        }
        return braces + brackets > NESTING_MAX ? "JSON nesting depth limit exceeded" : null;
    }

    private void complain(String complaint, Consumer<JsonValue> sink) {
        emit(new JsonValue(null, complaint, tokens.all()), sink);
    }

    private void emit(JsonValue value, Consumer<JsonValue> sink) {
        braces = 0;
        brackets = 0;
        tokenBytes = 0;
        tokenStart = 0;
        tokens.clear();
        sink.accept(value);
    }
}
