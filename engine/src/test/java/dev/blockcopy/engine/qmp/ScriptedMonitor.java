package dev.blockcopy.engine.qmp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A monitor on a real UNIX socket that says what a test tells it, when the test tells it. */
final class ScriptedMonitor implements AutoCloseable {

    static final String GREETING = "{\"QMP\": {\"version\": {\"qemu\": {\"micro\": 22, \"minor\": 2, \"major\": 7}, "
            + "\"package\": \"\"}, \"capabilities\": [\"oob\"]}}\r\n";

    private final ServerSocketChannel server;
    private final CompletableFuture<Void> played = new CompletableFuture<>();

    /** What one test has the monitor do, connection by connection. */
    interface Script {
        void play(ScriptedMonitor monitor) throws IOException;
    }

    /** One client's connection, seen from the monitor. */
    static final class Client implements AutoCloseable {
        private final SocketChannel channel;
        private final BufferedReader requests;

        private Client(SocketChannel channel) {
            this.channel = channel;
            this.requests = new BufferedReader(
                    new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.US_ASCII));
        }

        void say(String text) throws IOException {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }

        /** Waits for a request, and returns its id; {@code null} if the client went away. */
        String hear() throws IOException {
            String request = requests.readLine();
            return request == null ? null : request.replaceFirst(".*\"id\": *\"([^\"]*)\".*", "$1");
        }

        void answer(String id) throws IOException {
            say("{\"return\": {}, \"id\": \"" + id + "\"}\r\n");
        }

        void negotiate() throws IOException {
            say(GREETING);
            answer(hear());
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    ScriptedMonitor(Path socket, Script script) throws IOException {
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket), 1);
        Thread thread = new Thread(() -> play(script), "scripted monitor");
        thread.setDaemon(true);
        thread.start();
    }

    Client accept() throws IOException {
        return new Client(server.accept());
    }

    private void play(Script script) {
        try {
            script.play(this);
            played.complete(null);
        } catch (IOException | RuntimeException | AssertionError e) {
            played.completeExceptionally(e);
        }
    }

    /** Waits until the script is at its end, and fails as it failed. */
    void awaitEnd() throws ExecutionException, InterruptedException, TimeoutException {
        played.get(20, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
