package dev.blockcopy.qemufake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blockcopy.model.qmp.JobStatus;
import dev.blockcopy.model.qmp.RunState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A rule is the same in each of its spellings, and a bad one is refused with what is wrong with it. */
class FaultRuleTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "on=command,name=job-complete,do=cut-before",
                "id=full,on=write,job=j,disk=drive0,at=4096,phase=ready,run-state=paused,after=1048576,file=/tmp/f,nth=2,"
                        + "chance=0.25,times=always,do=fail,errno=ENOSPC",
                "on=event,name=JOB_STATUS_CHANGE/BLOCK_JOB_READY,monitor=1,do=duplicate,copies=3",
                "on=command,do=error,class=DeviceNotActive,desc=No,, not now",
                "on=ready,times=3,do=stall,millis=500",
                "on=moment,phase=ready,do=intrude,execute=job-cancel"
            })
    void readsWhatItWrites(String line) {
        assertThat(FaultRule.parse(line).text()).isEqualTo(line);
    }

    @Test
    void theBuilderSaysTheSame() {
        assertThat(List.of(
                        FaultRule.on(FaultPlace.WRITE)
                                .id("full")
                                .job("j")
                                .disk("drive0")
                                .at(4096)
                                .phase(JobStatus.READY)
                                .runState(RunState.PAUSED)
                                .after(1 << 20)
                                .file("/tmp/f")
                                .nth(2)
                                .chance(0.25)
                                .always()
                                .fail(Errno.ENOSPC),
                        FaultRule.on(FaultPlace.EVENT).name("A", "B").monitor(1).duplicate(3),
                        FaultRule.on(FaultPlace.COMMAND).error("DeviceNotActive", "No, not now"),
                        FaultRule.on(FaultPlace.READY).times(3).lasting(FaultAct.STALL, Duration.ofMillis(500)),
                        FaultRule.on(FaultPlace.MOMENT).intrude("stop")))
                .map(FaultRule::text)
                .containsExactly(
                        "id=full,on=write,job=j,disk=drive0,at=4096,phase=ready,run-state=paused,after=1048576,"
                                + "file=/tmp/f,nth=2,chance=0.25,times=always,do=fail,errno=ENOSPC",
                        "on=event,name=A/B,monitor=1,do=duplicate,copies=3",
                        "on=command,do=error,class=DeviceNotActive,desc=No,, not now",
                        "on=ready,times=3,do=stall,millis=500",
                        "on=moment,do=intrude,execute=stop");
    }

    @Test
    void aDocumentSaysTheSame() {
        Map<String, Object> object =
                Map.of("on", "event", "name", List.of("A", "B"), "do", "duplicate", "copies", 3L, "times", "always");
        assertThat(FaultReader.rulesOf(List.of(object, "on=flush,do=die", "flush-fails")))
                .map(FaultRule::text)
                .containsExactly(
                        "on=event,name=A/B,times=always,do=duplicate,copies=3",
                        "on=flush,do=die",
                        "id=flush-fails,on=flush,do=fail");
    }

    @Test
    void whatIsSaidBesideAPresetIsSaidOfEachOfItsRules() {
        assertThat(FaultReader.rules("lost-ready,job=j,times=2"))
                .map(FaultRule::text)
                .containsExactly(
                        "id=lost-ready,on=event,name=BLOCK_JOB_READY,job=j,times=2,do=skip",
                        "id=lost-ready,on=event,name=JOB_STATUS_CHANGE,job=j,phase=ready,times=2,do=skip");
    }

    @ParameterizedTest
    @EnumSource(FaultPreset.class)
    void everyPresetHasRules(FaultPreset preset) {
        assertThat(FaultReader.rules(preset.wire()))
                .isNotEmpty()
                .allSatisfy(rule -> assertThat(rule.text()).startsWith("id=" + preset.wire() + ",on="));
    }

    @ParameterizedTest
    @EnumSource(FaultPlace.class)
    void everyPlaceTakesEachOfItsActs(FaultPlace place) {
        for (FaultAct act : place.acts()) {
            assertThat(FaultRule.parse(line(place, act)).act()).isEqualTo(act);
        }
    }

    private static String line(FaultPlace place, FaultAct act) {
        String more = act.keys().stream()
                .filter(act::requires)
                .map(key -> "," + key.wire() + "=" + (key == FaultKey.MILLIS ? "1" : "stop"))
                .reduce("", String::concat);
        return "on=" + place.wire() + ",do=" + act.wire() + more;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "on=command,name=stop               | do= is missing",
                "do=fail                            | on= is missing",
                "on=command,do=error,where=here     | unknown key 'where', there are [id, on, name,",
                "on=command,do=explode              | do=explode is none of [error, silence,",
                "on=tuesday,do=die                  | on=tuesday is none of [connection, command,",
                "on=command,do=fail                 | on=command takes no do=fail, it takes [error, silence,",
                "on=write,do=cut-before             | on=write takes no do=cut-before",
                "on=write,do=fail,errno=EWHATEVER   | errno=EWHATEVER is none of [EPERM,",
                "on=write,do=fail,nth=often         | nth=often is no number from 1",
                "on=write,do=fail,times=0           | times=0 is no number from 1",
                "on=write,do=fail,after=-1          | after=-1 is no number from 0",
                "on=write,do=fail,chance=2          | chance=2 is no number from 0 to 1",
                "on=write,do=fail,phase=sleeping    | phase=sleeping is none of [undefined, created,",
                "on=write,do=fail,run-state=asleep  | run-state=asleep is none of [",
                "on=write,do=fail,name=x            | on=write,do=fail takes no name=, leave it out",
                "on=command,do=die,errno=EIO        | on=command,do=die takes no errno=, leave it out",
                "on=command,do=delay                | millis= is missing",
                "on=moment,do=intrude               | execute= is missing",
                "on=moment,do=intrude,execute=dance | execute=dance is no command of this QEMU",
                "on=write,twice                     | 'twice' has no value, write KEY=VALUE",
                "whatever                           | there is no preset 'whatever', see --fault help"
            })
    void refusesWhatIsNoRule(String text, String complaint) {
        assertThatThrownBy(() -> FaultReader.rules(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("fault '" + text + "': ")
                .hasMessageContaining(complaint)
                .hasMessageNotContaining("\n");
    }
}
