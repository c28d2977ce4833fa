package dev.blockcopy.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands around the checker say and exit with. */
@Tag("once")
class CheckCommandTest {
    private static final String STALE = "--variant=guest=running,evidence=concluded,journal=after-reply";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        return BlockcopySim.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
                .execute(args);
    }

    @Test
    void whatHoldsIsZero() {
        assertThat(run("check", "--faults=none", "--requests=0", "--property=S1,S2,L1"))
                .isZero();
        assertThat(out.toString()).contains("(what ships)", "S1  holds", "L1  holds");
    }

    @Test
    void aCounterexampleIsTenAndReplays(@TempDir Path directory) throws IOException {
        assertThat(run("check", STALE, "--faults=mgr=1", "--requests=0", "--property=S1", "--out=" + directory))
                .isEqualTo(10);
        assertThat(out.toString()).contains("S1  violated", "the manager is killed", "source lacks writes");
        assertThat(Files.readString(directory.resolve("report.html"))).contains("<svg", "violated");
        assertThat(Files.readString(directory.resolve("S1.mmd"))).startsWith("sequenceDiagram");
        Path trace = directory.resolve("S1.json");
        assertThat(run("replay", trace.toString())).isEqualTo(10);

        Files.writeString(trace, Files.readString(trace).replace("guest: writes to the destination", "guest: sleeps"));
        assertThat(run("replay", trace.toString())).isEqualTo(13);
        assertThat(err.toString()).contains("guest: sleeps, is not in this world");
    }

    @Test
    void aDamagedTraceIsThirteenAndAMissingOneFourteen(@TempDir Path directory) throws IOException {
        Path damaged = Files.writeString(directory.resolve("damaged.json"), "{\"format\": ");
        assertThat(run("replay", damaged.toString())).isEqualTo(13);
        assertThat(err.toString()).contains("the trace is damaged");
        assertThat(run("replay", directory.resolve("none.json").toString())).isEqualTo(14);
    }

    /** Not a byte of it may be missing, and none be guessed. */
    @Test
    void aTraceThatLacksAMemberIsDamaged(@TempDir Path directory) throws IOException {
        run("check", STALE, "--faults=mgr=1", "--requests=0", "--property=S1", "--out=" + directory);
        Path trace = directory.resolve("S1.json");
        String text = Files.readString(trace);
        for (String member : List.of("disks", "property", "faults", "moves", "beginning")) {
            Files.writeString(trace, text.replace("\"" + member + "\"", "\"lost\""));
            assertThat(run("replay", trace.toString())).as(member).isEqualTo(13);
        }
        Files.write(trace, new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertThat(run("replay", trace.toString())).isEqualTo(13);
        assertThat(err.toString().lines()).allMatch(line -> line.endsWith("give one that check --out wrote"));
    }

    @Test
    void aRunIsTakenAgainByTheTokenBehindIt() {
        String[] question = {"check", STALE, "--faults=mgr=1", "--requests=0", "--property=S1"};
        assertThat(run(question)).isEqualTo(10);
        Matcher token = Pattern.compile("replay token (\\S+) ").matcher(out.toString());
        assertThat(token.find()).isTrue();
        String[] again = Arrays.copyOf(question, question.length + 1);
        again[question.length] = "--replay=" + token.group(1);
        String before = out.toString();
        assertThat(run(again)).isEqualTo(10);
        assertThat(before).contains(out.toString().substring(before.length()));
        assertThat(run("check", "--faults=none", "--replay=" + token.group(1))).isEqualTo(13);
        assertThat(err.toString()).contains("the token is not of this question");
    }

    @Test
    void whatIsCutShortIsTwelve() {
        assertThat(run("check", "--faults=mgr=1", "--max-states=500", "--property=S1"))
                .isEqualTo(12);
        assertThat(out.toString()).contains("cut short", "S1  unknown");
    }

    @Test
    void badInputIsTwoAndOneLine() {
        assertThat(run("check", "--requests=-1")).isEqualTo(2);
        assertThat(run("check", "--threads=many")).isEqualTo(2);
        assertThat(run("crashes", "--trials=0")).isEqualTo(2);
        assertThat(run()).isEqualTo(2);
        assertThat(run("check", "--variant=speed=warp")).isEqualTo(2);
        assertThat(run("check", "--variant=evidence=witness")).isEqualTo(2);
        assertThat(run("check", "--faults=mgr=-1")).isEqualTo(2);
        assertThat(run("check", "--faults=meteor=1")).isEqualTo(2);
        assertThat(run("check", "--property=S99")).isEqualTo(2);
        assertThat(run("check", "--variant=guest=running,guest=paused")).isEqualTo(2);
        assertThat(run("check", "--faults=mgr=1,mgr=2")).isEqualTo(2);
        assertThat(run("check", "--threads=0")).isEqualTo(2);
        assertThat(run("check", "--max-states=-5")).isEqualTo(2);
        assertThat(run("check", "--replay=nonsense")).isEqualTo(2);
        assertThat(err.toString().lines())
                .hasSize(14)
                .allMatch(line -> line.startsWith("blockcopy-sim: "))
                .anyMatch(line -> line.contains("contradicts switch=complete"))
                .anyMatch(line -> line.contains("not a number from 0 to 9"));
    }

    /** The end is asked for in a world of its own, which may be cut short where the other is not. */
    @Test
    void anEndThatIsUnknownSaysWhy() {
        assertThat(run("check", "--faults=mgr=1", "--max-states=500", "--property=S1,L1"))
                .isEqualTo(12);
        assertThat(out.toString()).containsPattern("L1 +unknown .*\\(cut short: ");
    }

    @Test
    void mutantsOfNoStateAreRefused() {
        assertThat(run("mutate", "--state=NOWHERE")).isEqualTo(2);
        assertThat(run("mutate", "--every=0")).isEqualTo(2);
        assertThat(err.toString()).contains("no row leaves a state 'NOWHERE'", "--every and --threads are 1 or more");
    }

    @Test
    void aRunIsPlayedWithTheRealEngine(@TempDir Path directory) {
        run("check", STALE, "--faults=mgr=1", "--requests=0", "--property=S1", "--out=" + directory);
        assertThat(run("replay", "--live", directory.resolve("S1.json").toString()))
                .isEqualTo(10);
        assertThat(out.toString()).contains("the same\nS1: the source is named as the disk, and lacks 1 of 4");
    }

    @Test
    void filesThatCannotBeHadAreFourteenWithAReason() {
        assertThat(run("check", "--export", "promela", "/no/such/file")).isEqualTo(14);
        assertThat(run("replay", "/no/such/trace")).isEqualTo(14);
        assertThat(run("story", "--dir=/dev/null")).isEqualTo(14);
        assertThat(err.toString().lines())
                .containsExactly(
                        "blockcopy-sim: can't write /no/such/file: no such file or directory",
                        "blockcopy-sim: /no/such/trace: no such file or directory",
                        "blockcopy-sim: can't make the directory /dev/null: is a file, and not a directory");
    }

    @Test
    void choicesAreNamedAsTheHelpNamesThem() {
        assertThat(run("campaign", "nope")).isEqualTo(2);
        assertThat(err.toString()).contains("choose engine-killed, qemu-killed").doesNotContain("ENGINE");
    }
}
