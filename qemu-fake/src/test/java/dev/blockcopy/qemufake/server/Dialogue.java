package dev.blockcopy.qemufake.server;

import dev.blockcopy.model.qmp.QmpCodec;
import dev.blockcopy.model.qmp.QmpEvent;
import dev.blockcopy.model.qmp.QmpMessage;
import dev.blockcopy.model.qmp.QmpReply;
import dev.blockcopy.model.qmp.QmpRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A client of the tests: one command after another on a socket, and events kept in their order. */
public final class Dialogue implements AutoCloseable {
    private final SocketChannel channel;
    private final BufferedReader lines;
    private final List<QmpEvent> events = new ArrayList<>();

    /** Connects. */
    public Dialogue(Path socket) {
        try {
            channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            channel.connect(UnixDomainSocketAddress.of(socket));
            lines = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Connects and negotiates. */
    public static Dialogue open(Path socket) {
        Dialogue dialogue = new Dialogue(socket);
        dialogue.next();
        dialogue.ask("qmp_capabilities", Map.of());
        return dialogue;
    }

    void send(String command, Map<String, Object> arguments) {
        try {
            channel.write(ByteBuffer.wrap(QmpCodec.encode(new QmpRequest(null, command, arguments))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The return value; an error fails the test. */
    Object ask(String command, Map<String, Object> arguments) {
        QmpReply reply = reply(command, arguments);
        if (reply instanceof QmpReply.Success success) {
            return success.value();
        }
        throw new AssertionError(command + " answered " + reply);
    }

    Object ask(String command) {
        return ask(command, Map.of());
    }

    /** The reply; events on the way are kept. */
    public QmpReply reply(String command, Map<String, Object> arguments) {
        send(command, arguments);
        QmpMessage message = next();
        while (message instanceof QmpEvent event) {
            events.add(event);
            message = next();
        }
        return (QmpReply) message;
    }

    /** Reads until an event of this name and job status comes. */
    QmpEvent await(String name, String member, Object value) {
        while (true) {
            for (QmpEvent event : events) {
                if (event.name().equals(name) && value.equals(event.data().get(member))) {
                    events.remove(event);
                    return event;
                }
            }
            events.add((QmpEvent) next());
        }
    }

    /** Reads until an event of this name comes. */
    QmpEvent await(String name) {
        while (events.stream().noneMatch(event -> event.name().equals(name))) {
            events.add((QmpEvent) next());
        }
        QmpEvent found = events.stream()
                .filter(event -> event.name().equals(name))
                .findFirst()
                .orElseThrow();
        events.remove(found);
        return found;
    }

    /** The next line; null at the end. */
    QmpMessage next() {
        try {
            String line = lines.readLine();
            return line == null ? null : QmpCodec.decode(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
