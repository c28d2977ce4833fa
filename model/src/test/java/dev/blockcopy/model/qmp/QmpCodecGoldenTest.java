package dev.blockcopy.model.qmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The codec against lines of a real QEMU, so that its two ends cannot be wrong together. */
class QmpCodecGoldenTest {

    @ParameterizedTest
    @ValueSource(strings = {"session", "ids"})
    void decodesAndWritesEachRecordedLineByteForByte(String session) {
        for (String line : GoldenLines.of(session)) {
            byte[] written = QmpCodec.encode(QmpCodec.decode(line));

            assertThat(new String(written, StandardCharsets.US_ASCII)).isEqualTo(line + "\r\n");
        }
    }

    @ParameterizedTest
    @MethodSource("refusedRequests")
    void refusesBadRequestsWithTheWordsOfQemu(String request, String reply) {
        QmpSyntaxException refusal =
                catchThrowableOfType(QmpSyntaxException.class, () -> QmpCodec.command(QmpCodec.decodeRequest(request)));

        assertThat(refusal).as(request).isNotNull();
        assertThat(new QmpReply.Failure(refusal.requestId(), "GenericError", refusal.getMessage()))
                .as(request)
                .isEqualTo(QmpCodec.decode(reply));
    }

    static Stream<String[]> refusedRequests() {
        List<String> lines = new ArrayList<>(GoldenLines.of("form"));
        lines.addAll(GoldenLines.of("arguments"));
        Stream.Builder<String[]> pairs = Stream.builder();
        for (int i = 0; i < lines.size(); i += 2) {
            pairs.add(new String[] {lines.get(i).substring(4), lines.get(i + 1).substring(4)});
        }
        return pairs.build();
    }

    @Test
    void survivesUnknownMembersEverywhere() {
        for (String line : GoldenLines.of("session")) {
            Object grown = withUnknownMembers(JsonReader.read(line));
            QmpMessage plain = QmpCodec.decode(line);

            QmpMessage read = QmpCodec.decode(JsonText.of(grown));

            assertThat(read).hasSameClassAs(plain);
            if (read instanceof QmpEvent) {
                assertThat(BlockJobEvent.of((QmpEvent) read)).isEqualTo(BlockJobEvent.of((QmpEvent) plain));
            }
        }
        Object jobs = GoldenLines.valueIn("session", "g-32");
        assertThat(JobInfo.listFrom(withUnknownMembers(jobs))).isEqualTo(JobInfo.listFrom(jobs));
    }

    private static Object withUnknownMembers(Object value) {
        if (value instanceof List<?>) {
            List<Object> grown = new ArrayList<>();
            ((List<?>) value).forEach(element -> grown.add(withUnknownMembers(element)));
            return grown;
        }
        if (!(value instanceof Map<?, ?>)) {
            return value;
        }
        Map<String, Object> grown = new LinkedHashMap<>();
        grown.put("x-not-known", List.of(Map.of("a", 1)));
        ((Map<?, ?>) value).forEach((member, inner) -> grown.put((String) member, withUnknownMembers(inner)));
        return grown;
    }

    @Test
    void refusesWhatAJsonReaderMightLetThrough() {
        assertThatThrownBy(() -> QmpCodec.decode("{\"return\": 1, \"return\": 2}"))
                .hasMessageContaining("uplicate");
        assertThatThrownBy(() -> QmpCodec.decode("{\"return\": 1} {}")).isInstanceOf(QmpSyntaxException.class);
        assertThatThrownBy(() -> QmpCodec.decode("{\"return\": 1")).isInstanceOf(QmpSyntaxException.class);
        assertThatThrownBy(() -> QmpCodec.decode("[".repeat(100_000))).isInstanceOf(QmpSyntaxException.class);
        assertThatThrownBy(() -> QmpCodec.decode("")).isInstanceOf(QmpSyntaxException.class);
    }

    @Test
    void readsWhatIsDeepOrLong() {
        String deep = "[".repeat(1_000) + "]".repeat(1_000);
        String lengthy = "x".repeat(25 << 20);

        assertThat(QmpCodec.decode("{\"return\": " + deep + "}")).isInstanceOf(QmpReply.Success.class);
        assertThat(QmpCodec.decode("{\"return\": \"" + lengthy + "\"}")).isEqualTo(new QmpReply.Success(null, lengthy));
    }
}
