package dev.blockcopy.qemufake.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * One job from its start to the pivot, with nobody watching: what {@code java -XX:ArchiveClassesAtExit} wants to see, so
 * that the fake's classes are ready to use in every later start.
 */
final class Rehearsal implements AutoCloseable {
    private static final int SIZE = 1 << 20;
    private static final String ADD = "{'execute': 'blockdev-add', 'arguments': {'driver': 'raw', 'node-name': 'copy0',"
            + " 'file': {'driver': 'file', 'filename': '%s'}}}";
    private static final String MIRROR = "{'execute': 'blockdev-mirror', 'arguments': {'job-id': 'copy',"
            + " 'device': 'vda', 'target': 'copy0', 'sync': 'full', 'auto-dismiss': false}}";
    private static final String JOB = "{'execute': 'job-%s', 'arguments': {'id': 'copy'}}";

    private final SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    private final BufferedReader lines = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));

    private Rehearsal(Path socket) throws IOException {
        channel.connect(UnixDomainSocketAddress.of(socket));
    }

    /** Plays it in a folder of its own, and leaves nothing behind. */
    static void play() throws IOException {
        Path folder = Files.createTempDirectory("qemu-fake");
        List<Path> files = List.of(folder.resolve("disk"), folder.resolve("copy"), folder.resolve("qmp"), folder);
        try {
            Files.write(files.get(0), new byte[SIZE]);
            Files.write(files.get(1), new byte[SIZE]);
            StartOptions options = StartOptions.of(List.of(
                    "-drive", "if=none,id=vda,file=" + files.get(0) + ",format=raw",
                    "-qmp", "unix:" + files.get(2) + ",server=on,wait=off"));
            try (FakeQemu qemu = StartedQemu.of(options, FakeQemu.builder());
                    Rehearsal client = new Rehearsal(files.get(2))) {
                client.copy(files.get(1));
                qemu.join();
            }
        } finally {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
    }

    private void copy(Path target) throws IOException {
        ask("{'execute': 'qmp_capabilities'}", "return");
        ask(ADD.formatted(target), "return");
        ask(MIRROR, "BLOCK_JOB_READY");
        ask(JOB.formatted("complete"), "concluded");
        ask(JOB.formatted("dismiss"), "return");
        ask("{'execute': 'quit'}", "SHUTDOWN");
    }

    private void ask(String command, String answer) throws IOException {
        channel.write(ByteBuffer.wrap((command + "\n").getBytes(StandardCharsets.UTF_8)));
        for (String line = lines.readLine(); !line.contains(answer); line = lines.readLine()) {
            if (line.contains("\"error\"")) {
                throw new IOException("the rehearsal failed: " + line);
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
