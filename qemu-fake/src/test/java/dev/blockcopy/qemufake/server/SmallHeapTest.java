package dev.blockcopy.qemufake.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.model.qmp.QmpReply;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients that do their worst against the program in 128 MiB of heap: it says no more than JSON, and serves the next. */
@Timeout(120)
class SmallHeapTest {
    private static final int REPLIES_OF_THE_OTHER = 3000;
    private static final int MIB = 1 << 20;
    private static final byte[] NEGOTIATION = bytes("{\"execute\": \"qmp_capabilities\"}\n");

    @TempDir
    private Path folder;

    private Process fake;
    private Path errors;

    private void start(String... options) throws IOException {
        errors = folder.resolve("stderr");
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> command = new ArrayList<>(List.of(
                java.toString(),
                "-Xmx128m",
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                QemuFake.class.getName()));
        for (String monitor : List.of("a", "b")) {
            command.addAll(List.of("-qmp", "unix:" + folder.resolve(monitor) + ",server=on,wait=off"));
        }
        command.addAll(List.of(options));
        Path fifo = folder.resolve("ready");
        command.addAll(List.of("--ready-file", fifo.toString()));
        await(new ProcessBuilder("mkfifo", fifo.toString()).start());
        fake = new ProcessBuilder(command)
                .redirectError(errors.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(Files.readString(fifo)).isEqualTo("ready\n");
    }

    private static void await(Process process) {
        assertThat(process.onExit().join().exitValue()).isZero();
    }

    @AfterEach
    void servesStillAndHasNothingToComplainOf() throws IOException {
        try (Dialogue next = Dialogue.open(folder.resolve("a"))) {
            assertThat(next.reply("query-status", Map.of())).isInstanceOf(QmpReply.Success.class);
        }
        fake.destroy();
        await(fake);
        assertThat(Files.readString(errors)).isEmpty();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] repeated(String text, int bytes) {
        byte[] unit = bytes(text);
        byte[] all = new byte[bytes / unit.length * unit.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = unit[i % unit.length];
        }
        return all;
    }

    private SocketChannel client() throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(folder.resolve("a")));
        channel.write(ByteBuffer.wrap(NEGOTIATION));
        return channel;
    }

    /** Sends it all, several times over, and reads all along; the answers up to the one to a last good command. */
    private List<String> answersTo(int times, byte[]... parts) throws Exception {
        try (SocketChannel channel = client()) {
            Thread sender = new Thread(() -> send(channel, times, parts));
            sender.start();
            BufferedReader lines = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
            List<String> starts = new ArrayList<>();
            for (String line = lines.readLine(); !line.contains("the last"); line = lines.readLine()) {
                starts.add(line.substring(0, Math.min(200, line.length())));
            }
            sender.join();
            return starts.subList(2, starts.size());
        }
    }

    private static void send(SocketChannel channel, int times, byte[]... parts) {
        try {
            for (int i = 0; i < times; i++) {
                for (byte[] part : parts) {
                    channel.write(ByteBuffer.wrap(part));
                }
            }
            channel.write(ByteBuffer.wrap(bytes("\u0000{\"execute\": \"query-status\", \"id\": \"the last\"}\n")));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void areErrors(List<String> answers) {
        assertThat(answers).isNotEmpty().allMatch(line -> line.contains("\"error\": {\"class\": "), "an error of QMP");
    }

    @Test
    void aStringTooLongForTheHeapIsRefused() throws Exception {
        start();
        byte[] start = bytes("{\"execute\": \"");
        areErrors(answersTo(1, start, repeated("a", 9 * MIB), bytes("\"}\n")));
    }

    /** Each number and each comma is an error of its own, as for QEMU. */
    @Test
    void aFloodOfTinyErrorsIsAnsweredOneByOne() throws Exception {
        start();
        List<String> answers = answersTo(1, repeated("1,", MIB / 8));
        areErrors(answers);
        assertThat(answers).hasSizeGreaterThanOrEqualTo(MIB / 8);
    }

    /** More than once: the server's first moves take so long that it looks at its clients between them. */
    @Test
    @Timeout(30)
    void commandsBehindMoreLinesThanMayWaitComeAsSoonAsTheseAreSent() throws Exception {
        start("--fault", "on=event,name=STOP,times=always,do=duplicate,copies=1100");
        byte[] stops = bytes("{'execute': 'stop'} {'execute': 'cont'}".repeat(50));
        assertThat(answersTo(1, stops)).hasSizeGreaterThan(50 * 1100);
    }

    @Test
    void aLongIdComesBackWithEveryCharacterEscaped() throws Exception {
        start();
        byte[] start = bytes("{\"execute\": \"query-status\", \"id\": \"");
        List<String> answers = answersTo(2, start, repeated("é", 3 * MIB), bytes("\"}\n"));
        assertThat(answers.subList(0, 2)).allMatch(line -> line.startsWith("{\"return\""));
    }

    @Test
    void aLineOfManyTokensIsRefused() throws Exception {
        start();
        areErrors(answersTo(1, bytes("{\"execute\": ["), repeated("1,", 2 * MIB + 1000), bytes("]}\n")));
    }

    @Test
    void deepNestingIsRefused() throws Exception {
        start();
        areErrors(answersTo(1, repeated("[", 100_000), bytes("\n")));
        areErrors(answersTo(1, repeated("{\"a\":", 100_000), bytes("\n")));
    }

    @Test
    void whatIsNoUtf8IsRefused() throws Exception {
        start();
        byte[] wrong = new byte[MIB];
        Arrays.fill(wrong, (byte) 0xC3);
        areErrors(answersTo(2, bytes("{\"execute\": \""), wrong, bytes("\"}\n")));
    }

    @Test
    void aClientThatNeverReadsIsNotReadAnyMore() throws Exception {
        start();
        byte[] many = repeated("{\"execute\": \"query-commands\"}\n", 4 * MIB);
        try (SocketChannel channel = client()) {
            channel.configureBlocking(false);
            ByteBuffer rest = ByteBuffer.wrap(many);
            // Between any two replies to another client the server has done a command of this one, if it does any.
            try (Dialogue other = Dialogue.open(folder.resolve("b"))) {
                int unchanged = 0;
                while (rest.hasRemaining() && unchanged < REPLIES_OF_THE_OTHER) {
                    unchanged = channel.write(rest) > 0 ? 0 : unchanged + 1;
                    other.ask("query-status");
                }
            }
            assertThat(rest.hasRemaining()).as("it takes no more commands").isTrue();
        }
    }

    @Test
    void aClientThatReadsNoEventsIsDropped() throws Exception {
        start("--fault", "on=event,monitor=0,times=always,do=duplicate,copies=99");
        try (SocketChannel channel = client();
                Dialogue other = Dialogue.open(folder.resolve("b"))) {
            for (int i = 0; i < 2000; i++) {
                other.ask(i % 2 == 0 ? "stop" : "cont");
            }
            long read = Channels.newInputStream(channel).transferTo(OutputStream.nullOutputStream());
            assertThat(read).as("as much as the kernel had taken").isLessThan(MIB);
        }
    }

    @Test
    void aFloodOfClientsPassesBy() throws Exception {
        start();
        List<SocketChannel> waiting = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            waiting.add(client());
        }
        for (SocketChannel one : waiting) {
            one.close();
        }
        for (int i = 0; i < 500; i++) {
            client().close();
        }
    }
}
