package dev.blockcopy.engine.standard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blockcopy.model.lifecycle.CopyEffect;
import dev.blockcopy.model.lifecycle.JobState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which instants can be named. That the process is dead then is what the campaigns of the simulator show. */
class FailPointTest {
    @ParameterizedTest
    @EnumSource
    void namesEveryEffect(CopyEffect effect) {
        assertThatCode(() -> FailPoint.of("before:" + effect)).doesNotThrowAnyException();
        assertThatCode(() -> FailPoint.of("during:" + effect + ":2")).doesNotThrowAnyException();
        assertThatCode(() -> FailPoint.of("after:" + effect)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @EnumSource
    void namesEveryState(JobState state) {
        assertThatCode(() -> FailPoint.of("commit:" + state)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "COMPLETE", "before:", "before:NOTHING", "commit:COMPLETE", "after:STOP:0", "amid:STOP"})
    void refusesWhatIsNoInstant(String text) {
        assertThatThrownBy(() -> FailPoint.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("BLOCKCOPY_FAILPOINT=" + text + " is no instant");
    }

    @Test
    void isAbsentUnlessTheEnvironmentNamesIt() {
        assertThat(System.getenv(FailPoint.VARIABLE)).isNull();
        assertThat(FailPoint.ofEnvironment()).isEmpty();
    }
}
