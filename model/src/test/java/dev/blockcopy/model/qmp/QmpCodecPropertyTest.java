package dev.blockcopy.model.qmp;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is written is read back the same. */
class QmpCodecPropertyTest {

    private static final BigInteger BEYOND_LONG = BigInteger.ONE.shiftLeft(80);

    @Property(seed = "20261123", tries = 500)
    void repliesSurviveTheWire(@ForAll("values") Object id, @ForAll("values") Object value) {
        QmpReply.Success reply = new QmpReply.Success(id, value);

        assertThat(QmpCodec.decode(line(QmpCodec.encode(reply)))).isEqualTo(reply);
    }

    @Property(seed = "20261123", tries = 300)
    void failuresSurviveTheWire(@ForAll("texts") String id, @ForAll("texts") String description) {
        QmpReply.Failure reply = new QmpReply.Failure(id, "GenericError", description);

        assertThat(QmpCodec.decode(line(QmpCodec.encode(reply)))).isEqualTo(reply);
    }

    @Property(seed = "20261123", tries = 300)
    void eventsSurviveTheWire(@ForAll("texts") String name, @ForAll("objects") Map<String, Object> data) {
        QmpEvent event = new QmpEvent(name, new QmpEvent.Timestamp(1795406729, 538385), data);

        assertThat(QmpCodec.decode(line(QmpCodec.encode(event)))).isEqualTo(event);
    }

    @Property(seed = "20261123", tries = 1000, edgeCases = EdgeCasesMode.NONE)
    void commandsSurviveTheWire(@ForAll("commands") QmpCommand command, @ForAll("texts") String id) {
        QmpRequest request = QmpCodec.decodeRequest(line(QmpCodec.encode(QmpRequest.of(id, command))));

        assertThat(request.id()).isEqualTo(id);
        assertThat(request.execute()).isEqualTo(command.execute());
        assertThat(QmpCodec.command(request)).isEqualTo(command);
    }

    private static String line(byte[] written) {
        String line = new String(written, StandardCharsets.UTF_8);
        assertThat(line).matches("[\\x20-\\x7E]*\r\n");
        return line.substring(0, line.length() - 2);
    }

    @Provide
    Arbitrary<QmpCommand> commands() {
        List<Arbitrary<? extends QmpCommand>> each = Arrays.stream(QmpCommand.class.getPermittedSubclasses())
                .filter(type -> type != QmpCommand.Raw.class)
                .map(type -> record(type.asSubclass(Record.class)).map(QmpCommand.class::cast))
                .collect(Collectors.toList());
        Arbitrary<QmpCommand> raw = objects().map(arguments -> new QmpCommand.Raw("query-tpm", arguments));
        return Arbitraries.oneOf(Arbitraries.oneOf(each), raw);
    }

    private Arbitrary<? extends Record> record(Class<? extends Record> type) {
        if (type == BlockdevOptions.class) {
            return options(2);
        }
        RecordComponent[] components = type.getRecordComponents();
        List<Arbitrary<Object>> members =
                Arrays.stream(components).map(this::component).collect(Collectors.toList());
        return Combinators.combine(members).as(values -> {
            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            try {
                return type.getDeclaredConstructor(types).newInstance(values.toArray());
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(e);
            }
        });
    }

    private Arbitrary<Object> component(RecordComponent component) {
        Arbitrary<Object> present = value(component.getType()).map(value -> value);
        return component.isAnnotationPresent(MayBeAbsent.class) ? present.injectNull(0.5) : present;
    }

    private Arbitrary<?> value(Class<?> type) {
        if (type == String.class) {
            return texts();
        }
        if (type == long.class || type == Long.class) {
            return Arbitraries.longs();
        }
        if (type == Boolean.class) {
            return Arbitraries.of(true, false);
        }
        if (type.isEnum()) {
            return Arbitraries.of(Arrays.stream(type.getEnumConstants())
                    .filter(constant -> !((Enum<?>) constant).name().equals("UNKNOWN"))
                    .collect(Collectors.toList()));
        }
        return type == BlockdevRef.class ? texts().map(BlockdevRef::node) : record(type.asSubclass(Record.class));
    }

    private Arbitrary<BlockdevOptions> options(int depth) {
        Arbitrary<BlockdevOptions> protocol = Combinators.combine(texts(), Arbitraries.of(true, false))
                .as((filename, readOnly) -> BlockdevOptions.file(filename)
                        .readOnly(readOnly)
                        .cache(new BlockdevCacheOptions(readOnly, null))
                        .build());
        if (depth == 0) {
            return protocol;
        }
        Arbitrary<BlockdevRef> below = options(depth - 1).map(BlockdevRef::of);
        Arbitrary<BlockdevRef> backing =
                Arbitraries.oneOf(below, Arbitraries.of(BlockdevRef.NONE, BlockdevRef.node("b")));
        Arbitrary<BlockdevOptions> format = Combinators.combine(texts(), below, backing)
                .as((name, file, under) -> BlockdevOptions.qcow2(file)
                        .nodeName(name)
                        .backing(under)
                        .build());
        return Arbitraries.oneOf(protocol, format);
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<Character> characters = Arbitraries.chars().filter(c -> !Character.isSurrogate(c));
        Arbitrary<String> beyondTheBasicPlane = Arbitraries.of("\uD83D\uDE00", "\uD834\uDD1E");
        return Arbitraries.oneOf(
                Arbitraries.strings().ascii().ofMaxLength(12),
                Arbitraries.strings().withChars("\"\\\b\f\n\r\t/\u007F\u0000").ofMaxLength(8),
                characters
                        .list()
                        .ofMaxSize(6)
                        .map(list -> list.stream().map(String::valueOf).collect(Collectors.joining())),
                beyondTheBasicPlane);
    }

    @Provide
    Arbitrary<Map<String, Object>> objects() {
        return Arbitraries.maps(texts(), values()).ofMaxSize(4).map(LinkedHashMap::new);
    }

    @Provide
    Arbitrary<Object> values() {
        Arbitrary<Object> doubles = Arbitraries.doubles()
                .filter(number -> number != Math.rint(number))
                .map(number -> (Object) number);
        return Arbitraries.lazyOf(
                () -> texts().map(text -> text),
                () -> Arbitraries.longs().map(number -> number),
                () -> Arbitraries.longs().map(number -> BEYOND_LONG.add(BigInteger.valueOf(number))),
                () -> doubles,
                () -> Arbitraries.of(true, false).map(truth -> truth),
                () -> values().list().ofMaxSize(3).map(list -> list),
                () -> Arbitraries.maps(texts(), values()).ofMaxSize(3).map(LinkedHashMap::new));
    }
}
