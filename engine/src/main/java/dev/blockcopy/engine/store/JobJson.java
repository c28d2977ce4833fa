package dev.blockcopy.engine.store;

import dev.blockcopy.engine.CopySpec;
import dev.blockcopy.engine.Findings;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * What the table does not decide by, as JSON. The names of the records' components are the format: whoever renames one
 * raises {@link #FORMAT} and writes a migration.
 *
 * <p>Everything beyond ASCII is escaped, because half a surrogate pair (a file name, a message of QEMU) has no UTF-8
 * and would not come back.
 */
final class JobJson {
    static final int FORMAT = 5;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .addModule(new SimpleModule()
                    .addSerializer(Path.class, new PathWriter())
                    .addDeserializer(Path.class, new PathReader()))
            .build();

    private static final ObjectWriter SPEC = MAPPER.writerFor(CopySpec.class);
    private static final ObjectWriter FINDINGS = MAPPER.writerFor(Findings.class);

    /** A path as people write it, not as a URI. */
    private static final class PathWriter extends ValueSerializer<Path> {
        @Override
        public void serialize(Path path, JsonGenerator generator, SerializationContext context) {
            generator.writeString(path.toString());
        }
    }

    private static final class PathReader extends ValueDeserializer<Path> {
        @Override
        public Path deserialize(JsonParser parser, DeserializationContext context) {
            return Path.of(parser.getString());
        }
    }

    /** The text is no JSON of this format. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private JobJson() {}

    static String write(CopySpec spec) {
        return SPEC.writeValueAsString(spec);
    }

    static String write(Findings findings) {
        return FINDINGS.writeValueAsString(findings);
    }

    static CopySpec spec(String text) throws Unreadable {
        return read(text, CopySpec.class);
    }

    static Findings findings(String text) throws Unreadable {
        return read(text, Findings.class);
    }

    private static <T> T read(String text, Class<T> type) throws Unreadable {
        try {
            return MAPPER.readValue(text, type);
        } catch (JacksonException e) {
            throw new Unreadable(e.getOriginalMessage(), e);
        }
    }
}
