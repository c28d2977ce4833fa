package dev.blockcopy.qemufake.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.qemufake.FaultAct;
import dev.blockcopy.qemufake.FaultPlace;
import dev.blockcopy.qemufake.FaultRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a rule strikes, and for how long. */
class FaultTimesTest {
    @TempDir
    private Path folder;

    private static InProcessQemu qemu(String... faults) {
        FakeQemuBuilder builder = FakeQemu.builder().drive("drive0", 4 << 20).image("dst", 4 << 20);
        for (String fault : faults) {
            builder.fault(fault);
        }
        InProcessQemu qemu = builder.inProcess();
        qemu.connect();
        say(qemu, "qmp_capabilities");
        return qemu;
    }

    private static String say(InProcessQemu qemu, String command) {
        return send(qemu, "{'execute': '" + command + "'}");
    }

    private static String send(InProcessQemu qemu, String line) {
        qemu.send(line.replace('\'', '"'));
        qemu.run();
        String answer = qemu.receive();
        return answer.contains("\"error\"") ? "e" : answer.contains("\"return\"") ? "r" : "-";
    }

    private static String sevenTimes(InProcessQemu qemu) {
        StringBuilder answers = new StringBuilder();
        for (int i = 0; i < 7; i++) {
            answers.append(say(qemu, "query-status"));
        }
        return answers.toString();
    }

    private static String sevenTimes(String fault) {
        try (InProcessQemu qemu = qemu(fault)) {
            return sevenTimes(qemu);
        }
    }

    @Test
    void strikesOnceUnlessTold() {
        assertThat(sevenTimes("on=command,name=query-status,do=error")).isEqualTo("errrrrr");
    }

    @Test
    void strikesFromTheNthTimeOnSoOften() {
        assertThat(sevenTimes("on=command,name=query-status,nth=3,times=2,do=error"))
                .isEqualTo("rreerrr");
        assertThat(sevenTimes("on=command,name=query-status,nth=6,times=always,do=error"))
                .isEqualTo("rrrrree");
    }

    @Test
    void strikesByChanceTheSameForTheSameSeed() {
        String rule = "on=command,name=query-status,chance=0.5,times=always,do=error";
        assertThat(sevenTimes(rule)).isEqualTo(sevenTimes(rule)).contains("e").contains("r");
    }

    @Test
    void strikesOnlyWhileItsFileIsThere() throws IOException {
        Path trigger = folder.resolve("trigger");
        try (InProcessQemu qemu = qemu("on=command,times=always,do=error,file=" + trigger)) {
            String before = say(qemu, "query-status");
            Files.createFile(trigger);
            String during = say(qemu, "query-status");
            Files.delete(trigger);
            assertThat(before + during + say(qemu, "query-status")).isEqualTo("rer");
        }
    }

    @Test
    void standsStillOnlyWhileItsFileIsThere() throws IOException {
        Path trigger = Files.createFile(folder.resolve("trigger"));
        try (InProcessQemu qemu = qemu("silent-monitor,nth=1,file=" + trigger)) {
            assertThat(say(qemu, "query-status")).isEqualTo("-");
            Files.delete(trigger);
            qemu.advance(Duration.ofSeconds(1));
            assertThat(qemu.receive()).contains("return");
        }
    }

    @Test
    void theMomentOfAFileIsSeenWhileNothingElseHappens() throws IOException {
        Path trigger = folder.resolve("trigger");
        try (InProcessQemu qemu = qemu("on=moment,do=die,file=" + trigger)) {
            qemu.advance(Duration.ofSeconds(1));
            assertThat(qemu.state().isDead()).isFalse();
            Files.createFile(trigger);
            qemu.advance(Duration.ofMillis(20));
            assertThat(qemu.state().isDead()).isTrue();
        }
    }

    @Test
    void aMomentComesAgainWhenItHasPassed() {
        try (InProcessQemu qemu = qemu("on=moment,run-state=paused,times=2,do=intrude,execute=cont")) {
            StringBuilder states = new StringBuilder();
            for (int i = 0; i < 3; i++) {
                say(qemu, "stop");
                states.append(qemu.state().run().wire()).append(' ');
            }
            assertThat(states).hasToString("running running paused ");
        }
    }

    @Test
    void strikesOnItsMonitorAndNoOther() throws IOException {
        Path first = folder.resolve("a.sock");
        Path second = folder.resolve("b.sock");
        try (FakeQemu qemu = FakeQemu.builder()
                        .drive("drive0", 1 << 20)
                        .fault("on=command,name=query-status,monitor=1,times=always,do=error")
                        .start(first, second);
                Dialogue one = Dialogue.open(first);
                Dialogue two = Dialogue.open(second)) {
            assertThat(one.reply("query-status", Map.of()).toString()).contains("running");
            assertThat(two.reply("query-status", Map.of()).toString()).contains("Injected failure");
            assertThat(qemu.journal().faults()).hasSize(1);
        }
    }

    @Test
    void strikesOnlyInItsRunState() {
        try (InProcessQemu qemu = qemu("on=command,name=query-status,run-state=paused,do=error")) {
            String running = say(qemu, "query-status");
            say(qemu, "stop");
            assertThat(running + say(qemu, "query-status")).isEqualTo("re");
        }
    }

    @Test
    void strikesOnlyOnItsMonitorDiskAndJob() {
        assertThat(sevenTimes("on=command,name=query-status,monitor=1,do=error"))
                .isEqualTo("rrrrrrr");
        assertThat(FaultStory.of("on=write,disk=other,do=fail")).endsWith("on dst *** 0");
        assertThat(FaultStory.of("on=write,disk=drive0,do=fail")).endsWith("on drive0 *** 1");
        assertThat(FaultStory.of("on=completion,job=k,do=fail")).endsWith("on dst *** 0");
        assertThat(FaultStory.of("on=command,job=j,do=error"))
                .contains("| error |")
                .endsWith("*** 1");
    }

    @Test
    void strikesOnlyAtItsByteAndAfterSoMany() {
        assertThat(FaultStory.of("on=write,at=1M,do=fail")).endsWith("*** 1");
        assertThat(FaultStory.of("on=write,at=2M,do=fail")).endsWith("*** 0");
        assertThat(FaultStory.of("on=write,after=1M,do=fail")).endsWith("*** 1");
        assertThat(FaultStory.of("on=write,after=2M,do=fail")).endsWith("*** 0");
    }

    @Test
    void lastsUntilReset() {
        try (InProcessQemu qemu = qemu("on=command,name=query-status,times=always,do=error", "never-ready")) {
            assertThat(sevenTimes(qemu)).isEqualTo("eeeeeee");
            FaultStory.COMMANDS.subList(0, 2).forEach(command -> send(qemu, command));
            assertThat(qemu.state().statusOf("j").orElseThrow().wire()).isEqualTo("running");
            qemu.resetFaults();
            qemu.run();
            assertThat(qemu.state().statusOf("j").orElseThrow().wire()).isEqualTo("ready");
            assertThat(sevenTimes(qemu)).isEqualTo("rrrrrrr");
        }
    }

    @Test
    void canBeInjectedLater() {
        try (InProcessQemu qemu = qemu()) {
            String before = sevenTimes(qemu);
            qemu.inject(FaultRule.on(FaultPlace.COMMAND).times(2).error("GenericError", "not now"));
            assertThat(before + sevenTimes(qemu)).isEqualTo("rrrrrrreerrrrr");
        }
    }

    @Test
    void aJobThatVanishedLeavesNothing() {
        try (InProcessQemu qemu = qemu("vanishing-job")) {
            String before = nodes(qemu);
            FaultStory.COMMANDS.subList(0, 2).forEach(command -> send(qemu, command));
            assertThat(qemu.state().statusOf("j")).isEmpty();
            assertThat(send(qemu, "{'execute': 'blockdev-del', 'arguments': {'node-name': 'dst0'}}"))
                    .isEqualTo("r");
            assertThat(nodes(qemu)).isEqualTo(before);
        }
    }

    private static String nodes(InProcessQemu qemu) {
        qemu.send("{\"execute\": \"query-named-block-nodes\"} {\"execute\": \"query-block\"}");
        qemu.run();
        return qemu.receive();
    }

    @Test
    void aRuleThatNeverStruckIsKnown() {
        try (InProcessQemu qemu = qemu("lost-ready", "on=command,name=stop,do=error")) {
            assertThat(qemu.state().neverStruck())
                    .map(FaultRule::act)
                    .containsExactly(FaultAct.SKIP, FaultAct.SKIP, FaultAct.ERROR);
            FaultStory.COMMANDS.forEach(command -> send(qemu, command));
            assertThat(qemu.state().neverStruck())
                    .map(FaultRule::text)
                    .containsExactly("on=command,name=stop,do=error");
        }
    }
}
