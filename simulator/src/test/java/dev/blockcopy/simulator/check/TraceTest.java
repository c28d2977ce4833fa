package dev.blockcopy.simulator.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A run as a token, and what a replay says of one that can't be taken. */
class TraceTest {
    @ParameterizedTest
    @ValueSource(strings = {"0:", "2:0.1.3", "0:0.1~2", "0:~0"})
    void isTheTokenThatItWasParsedFrom(String token) {
        assertThat(Trace.parse(token).token()).isEqualTo(token);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "0:1.", "0:.1", "a:1", "0:1~", "0:99999999999", "0:1 2"})
    void refusesWhatIsNoToken(String token) {
        assertThatThrownBy(() -> Trace.parse(token))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + token + "' is no replay token: it looks like 0:3.1.4, with ~1 behind it for a loop");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1:0 | there is no beginning 1 in this world: it has 1",
                "0:7 | there is no rule 7 in this world: it has 4",
                "0:0.2 | step 2, sender: send 2, is not possible here",
                "0:0.3~0 | the run does not come back to its state 0",
                "0:0.3~9 | the run does not come back to its state 9",
            })
    void saysWhereAReplayDiverges(String token, String message) {
        assertThatThrownBy(() -> Trace.parse(token).replay(Toys.question(Toys.line())))
                .isInstanceOf(ReplayDivergedException.class)
                .hasMessage(message);
    }
}
