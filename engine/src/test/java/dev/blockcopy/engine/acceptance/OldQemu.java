package dev.blockcopy.engine.acceptance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A monitor of a QEMU from before the job API: it knows few commands and says so. */
final class OldQemu implements AutoCloseable {

    private static final Pattern REQUEST = Pattern.compile("\"execute\": *\"([^\"]*)\".*\"id\": *\"([^\"]*)\"");
    private static final Map<String, String> ANSWERS = Map.of(
            "qmp_capabilities", "{}",
            "query-commands",
                    commands("query-commands", "query-block", "query-version", "drive-mirror", "stop", "cont"),
            "query-block", "[]");

    private final ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    private final List<String> heard = new java.util.concurrent.CopyOnWriteArrayList<>();

    OldQemu(Path socket) throws IOException {
        server.bind(UnixDomainSocketAddress.of(socket), 1);
        Thread thread = new Thread(this::serve, "old QEMU");
        thread.setDaemon(true);
        thread.start();
    }

    private static String commands(String... names) {
        return List.of(names).stream()
                .map(name -> "{\"name\": \"" + name + "\"}")
                .collect(Collectors.joining(", ", "[", "]"));
    }

    /** The commands that were said to it. */
    List<String> heard() {
        return List.copyOf(heard);
    }

    private void serve() {
        try (SocketChannel client = server.accept()) {
            BufferedReader requests =
                    new BufferedReader(new InputStreamReader(Channels.newInputStream(client), StandardCharsets.UTF_8));
            say(
                    client,
                    "{\"QMP\": {\"version\": {\"qemu\": {\"micro\": 0, \"minor\": 11, \"major\": 2}, "
                            + "\"package\": \"\"}, \"capabilities\": []}}");
            for (String line = requests.readLine(); line != null; line = requests.readLine()) {
                answer(client, line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void answer(SocketChannel client, String line) throws IOException {
        Matcher request = REQUEST.matcher(line);
        if (!request.find()) {
            throw new IOException(line);
        }
        String command = request.group(1);
        heard.add(command);
        String answer = ANSWERS.get(command);
        say(
                client,
                (answer == null
                                ? "{\"error\": {\"class\": \"CommandNotFound\", \"desc\": \"The command " + command
                                        + " has not been found\"}"
                                : "{\"return\": " + answer)
                        + ", \"id\": \"" + request.group(2) + "\"}");
    }

    private static void say(SocketChannel client, String line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            client.write(bytes);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
