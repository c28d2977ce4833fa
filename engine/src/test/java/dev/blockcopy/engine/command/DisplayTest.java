package dev.blockcopy.engine.command;

import static dev.blockcopy.model.lifecycle.JobState.MIRRORING;
import static dev.blockcopy.model.lifecycle.JobState.PIVOTED;
import static dev.blockcopy.model.lifecycle.JobState.STREAMING;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class DisplayTest {
    private static final long MILLI = 1_000_000;
    private static final Sample HALF = Sample.in(STREAMING).at(2L << 30, 4L << 30, 100 << 20);
    private static final String BAR = "copy-vda-0123456789ab [=========>        ] 50% of 4.0 GiB, 100 MiB/s, 0:20 left";

    private final StringWriter text = new StringWriter();
    private long nowNanos;

    private Display on(boolean terminal) {
        return new Display(new Surroundings(
                new PrintWriter(text),
                new PrintWriter(text),
                terminal,
                false,
                (store, mayMake) -> null,
                () -> nowNanos,
                () -> false));
    }

    private void show(Display display, Sample sample, long millis) {
        nowNanos = millis * MILLI;
        display.show(List.of(sample.report()));
    }

    @Test
    void onATerminalItIsABarThatIsRedrawnInPlaceAndClearedAtTheEnd() {
        Display display = on(true);

        show(display, HALF, 0);
        show(display, HALF, 100);
        display.clear();

        assertThat(text.toString()).isEqualTo(BAR + "\n\u001b[A\r\u001b[K" + BAR + "\n\u001b[A\r\u001b[K");
    }

    @Test
    void itIsRedrawnTenTimesASecondAtTheMost() {
        Display display = on(true);

        for (int millis = 0; millis < 1000; millis++) {
            show(display, HALF, millis);
        }

        assertThat(text.toString().split("50%", -1)).hasSize(10 + 1);
    }

    @Test
    void elsewhereItIsALineForEachPhaseAndOneEveryTenSeconds() {
        Display display = on(false);

        for (int seconds = 0; seconds < 25; seconds++) {
            show(display, HALF, seconds * 1000L);
        }
        show(display, Sample.in(MIRRORING).at(0, 3 << 20, 0), 25_000);
        show(display, Sample.in(PIVOTED), 40_000);
        display.clear();

        String streaming = "copy-vda-0123456789ab: streaming 50% of 4.0 GiB, 100 MiB/s, 0:20 left";
        assertThat(text.toString().lines())
                .containsExactly(streaming, streaming, streaming, "copy-vda-0123456789ab: mirroring, 3.0 MiB behind");
    }

    @Test
    void itNeverSaysHundredPercentWhileItStreams() {
        show(on(false), Sample.in(STREAMING).at(100, 100, 0), 0);

        assertThat(text.toString()).contains("99%");
    }
}
