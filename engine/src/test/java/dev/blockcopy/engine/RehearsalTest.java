package dev.blockcopy.engine;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blockcopy.model.lifecycle.Decision;
import org.junit.jupiter.api.Test;

class RehearsalTest {
    @Test
    void comesToItsEnd() {
        assertThatCode(() -> Rehearsal.run(new TableExecutor(), 3)).doesNotThrowAnyException();
    }

    @Test
    void saysSoWhenItDoesNot() {
        JobExecutor mute = (job, trigger) -> new Decision.Ignored("mute");
        assertThatThrownBy(() -> Rehearsal.run(mute, 1)).hasMessageContaining("does not come to its end");
    }
}
