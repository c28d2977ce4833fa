package dev.blockcopy.model.qmp;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads one JSON value into plain JDK values; the only class that knows the JSON library. */
final class JsonReader {

    /** QEMU's own limit (QEMU 7.2 {@code qobject/json-streamer.c}). */
    private static final int NESTING_MAX = 1024;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(NESTING_MAX)
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private JsonReader() {}

    static Object read(String line) {
        try {
            return plain(MAPPER.readValue(line, Object.class));
        } catch (JacksonException e) {
            throw new QmpSyntaxException("JSON parse error, " + e.getOriginalMessage());
        }
    }

    private static Object plain(Object value) {
        if (value instanceof Map<?, ?>) {
            Map<String, Object> members = new LinkedHashMap<>();
            ((Map<?, ?>) value).forEach((name, member) -> members.put((String) name, plain(member)));
            return Collections.unmodifiableMap(members);
        }
        if (value instanceof List<?>) {
            List<Object> elements = new ArrayList<>();
            ((List<?>) value).forEach(element -> elements.add(plain(element)));
            return Collections.unmodifiableList(elements);
        }
        boolean fitsLong = value instanceof Number && !(value instanceof BigInteger) && !(value instanceof Double);
        return fitsLong ? Long.valueOf(((Number) value).longValue()) : value;
    }
}
