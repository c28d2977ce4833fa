package dev.blockcopy.model.qmp;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** Lines recorded from a real QEMU, whose version the first line of each file names. */
final class GoldenLines {

    private GoldenLines() {}

    static List<String> of(String name) {
        try (InputStream file = GoldenLines.class.getResourceAsStream("/qmp/qemu-7.2-" + name + ".txt")) {
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return text.lines().filter(line -> !line.startsWith("#")).collect(Collectors.toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The value of the reply with an id, in a recorded session. */
    static Object valueIn(String name, String id) {
        return of(name).stream()
                .map(QmpCodec::decode)
                .filter(QmpReply.Success.class::isInstance)
                .map(QmpReply.Success.class::cast)
                .filter(reply -> id.equals(reply.id()))
                .findFirst()
                .orElseThrow()
                .value();
    }
}
