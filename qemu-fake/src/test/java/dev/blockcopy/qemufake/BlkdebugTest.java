package dev.blockcopy.qemufake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The rules of {@code block/blkdebug.c}. */
class BlkdebugTest {
    private static final long MIB = 1 << 20;

    private static Blkdebug.Injection injection(String event, int state, String ioType, long sector, boolean isOnce) {
        return new Blkdebug.Injection(event, state, ioType, Errno.EIO, sector, isOnce);
    }

    private static Blkdebug of(Blkdebug.Injection... injections) {
        return Blkdebug.opened(List.of(injections), List.of());
    }

    @Test
    void aRuleWithoutAnEventIsArmedWhenTheNodeIsOpened() {
        Blkdebug rules = of(injection("none", 0, "write", -1, false));
        assertThat(rules.check("write", 0, MIB).errno()).isEqualTo(Errno.EIO);
        assertThat(rules.check("read", 0, MIB).errno()).isNull();
    }

    @Test
    void aSectorMeansRequestsThatTouchIt() {
        Blkdebug rules = of(injection("none", 0, "write", 8192, false));
        assertThat(rules.check("write", 3 * MIB, MIB).errno()).isNull();
        assertThat(rules.check("write", 4 * MIB, MIB).errno()).isEqualTo(Errno.EIO);
        assertThat(rules.check("write", 4 * MIB + 512, MIB).errno()).isNull();
    }

    @Test
    void whatStrikesOnceIsGoneEvenWhereItsEventHappensAgain() {
        Blkdebug.Checked struck = of(injection("write_aio", 0, "write", -1, true))
                .after("write_aio")
                .check("write", 0, MIB);
        assertThat(struck.errno()).isEqualTo(Errno.EIO);
        assertThat(struck.next().after("write_aio").check("write", 0, MIB).errno())
                .isNull();
    }

    @Test
    void theStateChangesOnlyAfterTheRulesOfTheEventWereArmed() {
        Blkdebug rules = Blkdebug.opened(
                List.of(injection("flush_to_disk", 2, "flush", -1, false)),
                List.of(new Blkdebug.StateChange("flush_to_disk", 1, 2)));
        Blkdebug first = rules.after("flush_to_disk");
        assertThat(first.check("flush", 0, 0).errno()).isNull();
        assertThat(first.after("flush_to_disk").check("flush", 0, 0).errno()).isEqualTo(Errno.EIO);
    }

    @Test
    void anEventPutsItsRulesInPlaceOfThoseArmedBefore() {
        Blkdebug rules = of(injection("none", 0, "write", -1, false), injection("read_aio", 0, "read", -1, false));
        assertThat(rules.after("read_aio").check("write", 0, MIB).errno()).isNull();
        assertThat(rules.after("write_aio").check("write", 0, MIB).errno()).isEqualTo(Errno.EIO);
    }
}
