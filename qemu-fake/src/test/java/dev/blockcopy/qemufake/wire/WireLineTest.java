package dev.blockcopy.qemufake.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.model.qmp.QmpEvent;
import dev.blockcopy.model.qmp.QmpReply;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Lines as a real QEMU 7.2 wrote them; each of these ids was sent to one. */
class WireLineTest {
    private static String echoed(String id) {
        List<JsonValue> values = new java.util.ArrayList<>();
        JsonStream stream = new JsonStream();
        for (byte next : ("{\"execute\": \"query-name\", \"id\": " + id + "}")
                .getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
            stream.take(next, values::add);
        }
        RequestForm form = RequestForm.of(values.get(0), false);
        return WireLine.of(new QmpReply.Success(form.id(), Map.of()));
    }

    @Test
    void givesBackAnIdOfAnyKind() {
        assertThat(echoed("null")).isEqualTo("{\"return\": {}, \"id\": null}");
        assertThat(echoed("18446744073709551615")).isEqualTo("{\"return\": {}, \"id\": 18446744073709551615}");
        assertThat(echoed("1.50")).isEqualTo("{\"return\": {}, \"id\": 1.5}");
        assertThat(echoed("1.0e3")).isEqualTo("{\"return\": {}, \"id\": 1000}");
        assertThat(echoed("1e999")).isEqualTo("{\"return\": {}, \"id\": inf}");
        assertThat(echoed("{\"minor\":1,\"micro\":2}"))
                .isEqualTo("{\"return\": {}, \"id\": {\"micro\": 2, \"minor\": 1}}");
        assertThat(echoed("\"a\\u0000\u00e9\uD83D\uDE00\u007f\""))
                .isEqualTo("{\"return\": {}, \"id\": \"a\\u0000\\u00E9\\uD83D\\uDE00\\u007F\"}");
    }

    @Test
    void tellsAnEventsMembersInQemusOrder() {
        Map<String, Object> timestamp = Map.of("seconds", 3L, "microseconds", 14L);
        Map<String, Object> data = Map.of("status", "ready", "id", "j");
        assertThat(WireLine.of(new QmpEvent("JOB_STATUS_CHANGE", new QmpEvent.Timestamp(3, 14), data)))
                .isEqualTo(JsonWriter.text(Map.of("timestamp", timestamp, "event", "JOB_STATUS_CHANGE", "data", data)));
        assertThat(WireLine.of(new QmpEvent("STOP", new QmpEvent.Timestamp(3, 14), Map.of())))
                .isEqualTo(JsonWriter.text(Map.of("timestamp", timestamp, "event", "STOP")));
    }

    @Test
    void tellsTheIdBeforeTheError() {
        assertThat(WireLine.of(new QmpReply.Failure(7L, "GenericError", "no")))
                .isEqualTo("{\"id\": 7, \"error\": {\"class\": \"GenericError\", \"desc\": \"no\"}}");
    }
}
