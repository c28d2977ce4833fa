package dev.blockcopy.qemufake.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.model.qmp.QmpEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command line: QEMU's options are taken, others are refused in one line with status 2. */
@Timeout(120)
class QemuFakeTest {
    @TempDir
    private Path folder;

    private String refusalOf(String... args) {
        PrintStream before = System.err;
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        try {
            assertThat(QemuFake.execute(args)).isEqualTo(2);
        } finally {
            System.setErr(before);
        }
        return err.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-bogus                                                 | Unknown option: '-bogus'",
                "-drvie if=none                                         | did you mean -drive?",
                "-drive id=x                                            | the fake takes if=none only",
                "-drive if=none,id=x,format=raw                         | give file=",
                "-drive if=none,id=x,file=a,format=vmdk                 | raw and qcow2 only",
                "-drive if=none,id=x,file=a,format=raw,aio=native       | knows no option 'aio'",
                "-drive if=none,id=x,file=/no/such/file,format=raw      | Could not open '/no/such/file'",
                "-device e1000,netdev=n                                 | the fake has virtio-blk-pci only",
                "-device virtio-blk-pci,drive=nope                      | can't find value 'nope'",
                "-blockdev driver=raw,node-name=n                       | Parameter 'file' is missing",
                "-blockdev {broken                                      | -blockdev {broken",
                "-qmp tcp:localhost:1                                   | the fake listens on unix:PATH only",
                "-qmp unix:/no/dir/x,server=on,wait=off                 | Failed to bind socket to /no/dir/x: No such file",
                "-qmp unix:/tmp,server=on,wait=off                      | Failed to bind socket to /tmp: Is a directory",
                "-qmp unix:x,server=off                                 | give server=on",
                "-mon chardev=c,mode=control -qmp none                  | listens on unix:PATH only",
                "--clock never                                          | give real or virtual",
                "--seed x                                               | 'x' is not a number",
                "--seed                                                 | option --seed wants a value: N",
                "-S=on                                                  | Unknown option: '-S=on'",
                "disk.raw                                               | there is no command 'disk.raw'",
                "--fault on=nothing,do=die                              | on=nothing is none of"
            })
    void refusesWhatItCanNotDo(String line, String complaint) {
        List<String> args = new ArrayList<>(List.of(line.split(" ")));
        if (!line.contains("-qmp")) {
            args.addAll(0, List.of("-qmp", "unix:" + folder.resolve("q") + ",server=on,wait=off"));
        }
        assertThat(refusalOf(args.toArray(new String[0])))
                .startsWith("qemu-fake: ")
                .contains(complaint)
                .hasLineCount(1);
    }

    @Test
    void anObjectOfJsonIsAsGoodAsWords() {
        assertThat(OptionText.flat("{\"driver\": \"virtio-blk-pci\", \"drive\": \"d\", \"share-rw\": true}", "driver"))
                .isEqualTo(OptionText.flat("virtio-blk-pci,drive=d,share-rw=on", "driver"));
    }

    @Test
    void aloneItSaysHowItIsStarted() {
        assertThat(refusalOf())
                .contains("give -qmp unix:PATH,server=on,wait=off")
                .hasLineCount(1);
    }

    @Test
    void helpTellsOfEveryOption() {
        for (StartOption option : StartOption.values()) {
            assertThat(StartHelp.text()).contains(option.names());
        }
        assertThat(StartHelp.text().lines())
                .allMatch(line -> line.length() <= 110 && line.equals(line.stripTrailing()));
    }

    @Test
    void oneDashIsAsGoodAsTwoAndAChardevAsGoodAsASocket() {
        Path socket = folder.resolve("c");
        StartOptions options = StartOptions.of(List.of(
                "--nodefaults",
                "--S",
                "-chardev",
                "socket,id=c0,path=" + socket + ",server=on,wait=off",
                "-mon",
                "chardev=c0,mode=control"));
        try (FakeQemu qemu = StartedQemu.of(options, FakeQemu.builder());
                Dialogue client = Dialogue.open(socket)) {
            assertThat(client.ask("query-status").toString()).contains("prelaunch");
            assertThat(qemu.socket()).isEqualTo(socket);
        }
    }

    @Test
    void aVirtualClockSkipsTheWaitingAndStandsStillOtherwise() throws IOException {
        Path disk = Files.write(folder.resolve("disk"), new byte[8 << 20]);
        Path copy = Files.write(folder.resolve("copy"), new byte[8 << 20]);
        Path socket = folder.resolve("v");
        StartOptions options = StartOptions.of(List.of(
                "-drive", "if=none,id=d,file=" + disk + ",format=raw",
                "-qmp", "unix:" + socket + ",server=on,wait=off",
                "--clock", "virtual"));
        try (FakeQemu qemu = StartedQemu.of(options, FakeQemu.builder());
                Dialogue client = Dialogue.open(socket)) {
            client.ask(
                    "blockdev-add",
                    Map.of(
                            "driver",
                            "raw",
                            "node-name",
                            "copy0",
                            "file",
                            Map.of("driver", "file", "filename", copy.toString())));
            client.ask(
                    "blockdev-mirror",
                    Map.of(
                            "job-id",
                            "j",
                            "device",
                            "d",
                            "target",
                            "copy0",
                            "sync",
                            "full",
                            "speed",
                            1024,
                            "buf-size",
                            65536));
            QmpEvent ready = client.await("BLOCK_JOB_READY", "device", "j");
            assertThat(ready.timestamp().seconds()).isBetween(8 * 1024L - 200, 8 * 1024L + 200);
            client.ask("stop");
            assertThat(client.await("STOP").timestamp()).isEqualTo(ready.timestamp());
            assertThat(qemu.isServing()).isTrue();
        }
    }

    @Test
    void aFullDiskUnderItsJournalEndsItInOneLine() throws Exception {
        Path socket = folder.resolve("q");
        Path fifo = folder.resolve("ready");
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor())
                .isZero();
        Process fake = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        QemuFake.class.getName(),
                        "-qmp",
                        "unix:" + socket + ",server=on,wait=off",
                        "--journal",
                        "/dev/full",
                        "--ready-file",
                        fifo.toString())
                .redirectError(folder.resolve("err").toFile())
                .start();
        Files.readString(fifo);
        try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            assertThat(client.isConnected()).isTrue();
            assertThat(fake.waitFor()).isEqualTo(1);
        }
        assertThat(Files.readString(folder.resolve("err")))
                .startsWith("qemu-fake: the fake could not go on: ")
                .contains("No space left on device")
                .hasLineCount(1);
    }

    @Test
    void dottedOptionsOfABlockdevAreNestedAndTyped() {
        assertThat(OptionText.nested("driver=raw,node-name=n,read-only=on,file.driver=file,file.filename=a,,b"))
                .hasToString("{driver=raw, node-name=n, read-only=true, file={driver=file, filename=a,b}}");
    }
}
