package dev.blockcopy.engine.command;

import static dev.blockcopy.model.lifecycle.JobState.FAILED;
import static dev.blockcopy.model.lifecycle.JobState.PIVOTED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.engine.CopyRefusedException;
import dev.blockcopy.engine.CopyRefusedException.Kind;
import dev.blockcopy.engine.Findings;
import dev.blockcopy.model.lifecycle.Facts.Copy;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {
    @Test
    void writesEveryKindOfValue() {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("text", "a \"quoted\" \\ line\nand \u0001 \ud800 ä");
        value.put("list", Arrays.asList(1, 2.5, true, null));
        value.put("empty", List.of());
        value.put("object", Map.of());

        assertThat(JsonText.of(value)).isEqualTo("""
                        {
                          "text": "a \\"quoted\\" \\\\ line\\u000aand \\u0001 \\ud800 ä",
                          "list": [
                            1,
                            2.5,
                            true,
                            null
                          ],
                          "empty": [],
                          "object": {}
                        }""");
    }

    @Test
    void aJobIsOneDocumentOnStandardOutputAndThePeoplesTextIsOnTheOther() {
        FakeCopies engine =
                new FakeCopies(Sample.in(PIVOTED).worth(Copy.DISK).found(Findings.NONE.withPauseNanos(2_345_678)));

        Run run = Run.of(engine, "pivot --json " + Sample.ID);

        assertThat(run.out()).isEqualTo("""
                        {
                          "schema": "blockcopy/1",
                          "command": "pivot",
                          "exitCode": 0,
                          "job": {
                            "id": "copy-vda-0123456789ab",
                            "phase": "PIVOTED",
                            "ended": true,
                            "wish": "stay",
                            "disk": "vda",
                            "monitor": "/run/vm1.qmp",
                            "source": {
                              "file": "/old/vm1.raw",
                              "format": "raw",
                              "nodeName": "node1",
                              "virtualSizeBytes": 4294967296
                            },
                            "destination": {
                              "file": "/new/vm1.qcow2",
                              "format": "qcow2",
                              "nodeName": "copy-0123456789ab"
                            },
                            "progress": {
                              "offsetBytes": 0,
                              "lengthBytes": 0,
                              "bytesPerSecond": 0
                            },
                            "owner": null,
                            "diskNow": "destination",
                            "copy": "disk",
                            "error": null,
                            "pauseMillis": 2.345,
                            "pivotMillis": null,
                            "leftOver": []
                          }
                        }
                        """);
        assertThat(run.err()).contains("PIVOTED");
    }

    @Test
    void severalJobsAreAList() {
        Run run = Run.of(new FakeCopies(Sample.in(FAILED), Sample.in(PIVOTED)), "jobs --json");

        assertThat(run.out()).contains("\"jobs\": [", "\"FAILED\"", "\"PIVOTED\"");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void aRefusalIsADocumentToo() {
        FakeCopies engine = new FakeCopies();
        engine.refusal = new CopyRefusedException(Kind.INPUT, "no job 'j' in this store");

        assertThat(Run.of(engine, "status j --json").out()).isEqualTo("""
                        {
                          "schema": "blockcopy/1",
                          "command": "status",
                          "exitCode": 2,
                          "error": "no job 'j' in this store"
                        }
                        """);
    }

    @Test
    void wrongUsageIsADocumentToo() {
        assertThat(Run.of(new FakeCopies(), "status --json").out())
                .contains("\"command\": \"status\"", "\"exitCode\": 2", "JOB is missing");
    }
}
