package dev.blockcopy.qemufake.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command line: QEMU's options are taken, others are refused in one line with status 2. */
class QemuFakeTest {
    @TempDir
    private Path folder;

    private String refusalOf(String... args) {
        PrintStream before = System.err;
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        try {
            assertThat(QemuFake.commandLine(new QemuFake()).execute(args)).isEqualTo(2);
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
                "--fault on=nothing,do=die                              | on=nothing is none of"
            })
    void refusesWhatItCanNotDo(String line, String complaint) {
        List<String> args = new ArrayList<>(List.of(line.split(" ")));
        if (!line.contains("-qmp")) {
            args.addAll(List.of("-qmp", "unix:" + folder.resolve("q") + ",server=on,wait=off"));
        }
        assertThat(refusalOf(args.toArray(new String[0])))
                .startsWith("qemu-fake: ")
                .contains(complaint)
                .hasLineCount(1);
    }

    @Test
    void dottedOptionsOfABlockdevAreNestedAndTyped() {
        assertThat(OptionText.nested("driver=raw,node-name=n,read-only=on,file.driver=file,file.filename=a,,b"))
                .hasToString("{driver=raw, node-name=n, read-only=true, file={driver=file, filename=a,b}}");
    }
}
