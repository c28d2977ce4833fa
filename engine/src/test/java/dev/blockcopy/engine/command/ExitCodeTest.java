package dev.blockcopy.engine.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExitCodeTest {
    @Test
    void theNumbersAreThePublishedOnes() {
        assertThat(Arrays.stream(ExitCode.values()).map(ExitCode::number))
                .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 130);
    }

    @Test
    void hosedIsWorseThanDoubtAndDoubtWorseThanAnythingThatIsKnown() {
        assertThat(ExitCode.worst(List.of(ExitCode.DONE, ExitCode.IN_DOUBT, ExitCode.HOSED, ExitCode.OTHERWISE)))
                .isEqualTo(ExitCode.HOSED);
        assertThat(ExitCode.worst(List.of(ExitCode.ENVIRONMENT, ExitCode.IN_DOUBT, ExitCode.OTHERWISE)))
                .isEqualTo(ExitCode.IN_DOUBT);
        assertThat(ExitCode.worst(List.of(ExitCode.DONE, ExitCode.OTHERWISE, ExitCode.ENVIRONMENT)))
                .isEqualTo(ExitCode.ENVIRONMENT);
    }

    @Test
    void nothingToDoIsDone() {
        assertThat(ExitCode.worst(List.of())).isEqualTo(ExitCode.DONE);
    }
}
