package dev.blockcopy.qemufake.journal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a journal looks like in a file. */
class JournalFileTest {
    @Test
    void aLineIsJson() {
        String line = JournalFile.line(new Journal.Entry(5, Journal.Kind.SENT, 0, "{\"a\": \"\\\"\"}"));
        assertThat(line)
                .isEqualTo("{\"at\": 5, \"kind\": \"sent\", \"monitor\": 0, "
                        + "\"text\": \"{\\\"a\\\": \\\"\\\\\\\"\\\"}\"}");
    }
}
