package dev.blockcopy.qemufake.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Whatever comes off a wire is read or complained of, and never stops the reading. */
class JsonStreamTest {
    private static final String SEED = "22";
    private static final String PROBE = "{\"execute\": \"query-name\", \"id\": \"after\"}";

    private static List<JsonValue> read(JsonStream stream, byte[] bytes) {
        List<JsonValue> values = new ArrayList<>();
        for (byte next : bytes) {
            stream.take(next, values::add);
        }
        return values;
    }

    private static List<JsonValue> read(String text) {
        return read(new JsonStream(), (text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> complaints(String text) {
        return read(text).stream().map(JsonValue::complaint).toList();
    }

    /** JSON-like rubbish, which reaches further than plain noise. */
    @Provide
    Arbitrary<byte[]> rubbish() {
        Arbitrary<String> parts = Arbitraries.of(
                "{",
                "}",
                "[",
                "]",
                ":",
                ",",
                "\"",
                "'",
                "\\",
                "\\u",
                "\\ud800",
                "d800",
                "-",
                "0",
                "1.5e",
                "null",
                "tru",
                "\"execute\"",
                "\"id\"",
                " ",
                "\n",
                "\t",
                "\u00e9",
                "\u0000",
                "\ufffd");
        Arbitrary<byte[]> pieces = parts.map(part -> part.getBytes(StandardCharsets.UTF_8));
        Arbitrary<byte[]> noise = Arbitraries.bytes().array(byte[].class).ofMaxSize(4);
        return Arbitraries.oneOf(pieces, noise).list().ofMaxSize(40).map(JsonStreamTest::joined);
    }

    private static byte[] joined(List<byte[]> parts) {
        java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
        parts.forEach(all::writeBytes);
        return all.toByteArray();
    }

    @Property(tries = 2000, seed = SEED)
    void anyBytesAreReadOrComplainedOfAndA0xFFMakesItAllForgotten(@ForAll("rubbish") byte[] bytes) {
        JsonStream stream = new JsonStream();
        for (JsonValue value : read(stream, bytes)) {
            assertThat(value.complaint() == null || value.complaint().startsWith("JSON "))
                    .isTrue();
            assertThat(JsonWriter.text(value.value())).isNotNull();
        }
        read(stream, new byte[] {(byte) 0xFF, '\n'});
        assertThat(read(stream, PROBE.getBytes(StandardCharsets.UTF_8)))
                .singleElement()
                .extracting(JsonValue::text)
                .isEqualTo(PROBE);
    }

    @Property(tries = 2000, seed = SEED)
    void textThatIsTakenAtOnceIsReadAsByteByByte(@ForAll("rubbish") byte[] bytes) {
        for (int limit : new int[] {8, 1000}) {
            List<JsonValue> values = new ArrayList<>();
            JsonStream stream = new JsonStream(limit);
            for (int next = 0; next < bytes.length; next++) {
                next = stream.takeText(bytes, next, bytes.length);
                if (next < bytes.length) {
                    stream.take(bytes[next], values::add);
                }
            }
            assertThat(values).isEqualTo(read(new JsonStream(limit), bytes));
        }
    }

    @Property(tries = 500, seed = SEED)
    void aCommandThatIsDamagedAtAnyByteIsNoMoreThanAComplaint(@ForAll byte damage, @ForAll("places") int place) {
        byte[] bytes = (PROBE + "\n").getBytes(StandardCharsets.UTF_8);
        bytes[place] = damage;
        for (JsonValue value : read(new JsonStream(), bytes)) {
            RequestForm form = RequestForm.of(value, false);
            assertThat(form.execute() == null).isEqualTo(form.complaint() != null);
        }
    }

    @Provide
    Arbitrary<Integer> places() {
        return Arbitraries.integers().between(0, PROBE.length() - 1);
    }

    @Test
    void oneBadLineMayBeAnsweredTwice() {
        assertThat(complaints("{\"a\": 01}"))
                .containsExactly("JSON parse error, stray '01'", "JSON parse error, expecting value");
    }

    @Test
    void aTokenLargerThanTheLimitIsRefusedAndForgotten() {
        JsonStream stream = new JsonStream(100);
        assertThat(read(stream, ("\"" + "x".repeat(200) + "\"\n").getBytes(StandardCharsets.UTF_8)))
                .extracting(JsonValue::complaint)
                .startsWith("JSON token size limit exceeded");
        read(stream, new byte[] {(byte) 0xFF, '\n'});
        assertThat(read(stream, "[1]".getBytes(StandardCharsets.UTF_8))).hasSize(1);
    }

    @Test
    void manySmallTokensCountTogether() {
        JsonStream stream = new JsonStream(100);
        assertThat(read(stream, ("[" + "1, ".repeat(100)).getBytes(StandardCharsets.UTF_8)))
                .extracting(JsonValue::complaint)
                .contains("JSON token size limit exceeded");
    }

    @Test
    void nestingEndsAt1024() {
        assertThat(complaints("[".repeat(1024) + "]".repeat(1024))).containsExactly((String) null);
        assertThat(complaints("[".repeat(1025) + "]".repeat(1025)))
                .hasSize(1026)
                .startsWith("JSON nesting depth limit exceeded")
                .endsWith("JSON parse error, expecting value");
    }

    @Test
    void singleQuotesAreQuotesAndDuplicateKeysAreNot() {
        assertThat(read("{'a': 'it\\'s'}").get(0).value()).isEqualTo(java.util.Map.of("a", "it's"));
        assertThat(complaints("{\"a\": 1, \"a\": 2}")).containsExactly("JSON parse error, duplicate key");
    }

    @Test
    void aLineFeedInAStringAnOverlongSequenceAndASurrogateAloneAreRefused() {
        assertThat(complaints("[\"a\nb\"]")).first().isEqualTo("JSON parse error, stray '\"a\n'");
        byte[] overlong = {'[', '"', (byte) 0xC0, (byte) 0xAF, '"', ']'};
        assertThat(read(new JsonStream(), overlong).get(0).complaint())
                .isEqualTo("JSON parse error, invalid UTF-8 sequence in string");
        assertThat(complaints("[\"\\ud800\"]"))
                .containsExactly("JSON parse error, \\ud800 is not a valid Unicode character");
    }
}
