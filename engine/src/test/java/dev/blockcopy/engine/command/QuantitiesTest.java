package dev.blockcopy.engine.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantitiesTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "512, 512",
        "512B, 512",
        "64KiB, 65536",
        "64K, 65536",
        "64k, 65536",
        "1kB, 1000",
        "1KB, 1000",
        "10MiB, 10485760",
        "10 MB, 10000000",
        "1.5G, 1610612736",
        "2T, 2199023255552",
        "1TB, 1000000000000"
    })
    void readsASize(String text, long bytes) {
        assertThat(Quantities.size(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-1",
                "+1",
                "1Mb",
                "1mib",
                "1ib",
                "x",
                "1PiB",
                "1/s",
                "1.1",
                "0.3B",
                "8388608T",
                "1,5G",
                "1e3",
                "٣"
            })
    void refusesWhatIsNoSize(String text) {
        assertThatThrownBy(() -> Quantities.size(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "'")
                .hasMessageContaining(": write ");
    }

    @ParameterizedTest
    @CsvSource({"100MB/s, 100000000", "1MiB, 1048576", "0, 0", "50K/s, 51200"})
    void readsARate(String text, long bytes) {
        assertThat(Quantities.rate(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({"1ms, 1", "500ms, 500", "10s, 10000", "1.5s, 1500", "5m, 300000", "5min, 300000", "1h, 3600000"})
    void readsADuration(String text, long millis) {
        assertThat(Quantities.duration(text)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10", "0s", "-1s", "1d", "10 S", "600h"})
    void refusesWhatIsNoDuration(String text) {
        assertThatThrownBy(() -> Quantities.duration(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "'")
                .hasMessageContaining("500ms, 10s, 5m");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "1023, 1023 B",
        "1024, 1.0 KiB",
        "1572864, 1.5 MiB",
        "107374182400, 100 GiB",
        "9223372036854775807, 8388608 TiB"
    })
    void writesBytesForPeople(long bytes, String text) {
        assertThat(Quantities.bytes(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 0:00", "5, 0:05", "720, 12:00", "3723, 1:02:03", "360000, 100:00:00"})
    void writesAClock(long seconds, String text) {
        assertThat(Quantities.clock(seconds)).isEqualTo(text);
    }
}
