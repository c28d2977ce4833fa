package dev.blockcopy.qemufake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A rule reads as it is written, and a bad one is refused with what is wrong with it. */
class FaultRuleTest {
    @Test
    void readsEveryKey() {
        FaultRule rule = FaultRule.parse("on=write,job=j,phase=ready,after=1M,nth=2,times=always,do=fail,errno=ENOSPC");
        assertThat(rule.on()).isEqualTo(FaultRule.Place.WRITE);
        assertThat(rule.job()).isEqualTo("j");
        assertThat(rule.phase()).isEqualTo("ready");
        assertThat(rule.after()).isEqualTo(1 << 20);
        assertThat(rule.nth()).isEqualTo(2);
        assertThat(rule.times()).isEqualTo(Integer.MAX_VALUE);
        assertThat(rule.errno()).isEqualTo(Errno.ENOSPC);
    }

    @Test
    void twoCommasAreOneOfTheText() {
        assertThat(FaultRule.parse("on=command,do=error,desc=No,, not now").desc())
                .isEqualTo("No, not now");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "on=command,name=stop               | do= is missing",
                "do=fail                            | on= is missing",
                "on=command,do=error,where=here     | unknown key 'where'",
                "on=command,do=explode              | do=explode is none of",
                "on=tuesday,do=die                  | on=tuesday is none of",
                "on=command,do=fail                 | on=command takes no do=fail",
                "on=write,do=cut-before             | on=write takes no do=cut-before",
                "on=write,do=fail,errno=EWHATEVER   | errno=EWHATEVER is none of",
                "on=write,do=fail,nth=often         | nth=often is no number",
                "on                                 | unknown key 'on'"
            })
    void refusesWhatIsNoRule(String text, String complaint) {
        assertThatThrownBy(() -> FaultRule.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(complaint)
                .hasMessageNotContaining("\n");
    }
}
