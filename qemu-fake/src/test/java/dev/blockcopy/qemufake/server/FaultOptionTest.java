package dev.blockcopy.qemufake.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blockcopy.qemufake.FaultRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Faults from a file say the same as on the command line. */
class FaultOptionTest {
    private static final String[] RULES = {
        "id=flush-fails,on=flush,nth=2,do=fail",
        "id=full,on=write,phase=ready,after=1048576,times=always,do=fail,errno=ENOSPC",
        "on=event,name=STOP/RESUME,do=skip"
    };

    @TempDir
    private Path folder;

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    @Test
    void readsYaml() throws IOException {
        String file = file("faults.yaml", """
                # A comment
                - preset: flush-fails
                  nth: 2
                - id: full
                  on: write
                  phase: ready
                  after: 1M
                  times: always
                  do: fail
                  errno: ENOSPC
                - on: event
                  name: [STOP, RESUME]
                  do: skip
                """);
        assertThat(FaultOption.rules(file)).map(FaultRule::text).containsExactly(RULES);
    }

    @Test
    void readsJson() throws IOException {
        String file = file("faults.json", """
                ["flush-fails,nth=2",
                 {"id": "full", "on": "write", "phase": "ready", "after": 1048576, "times": "always", "do": "fail",
                  "errno": "ENOSPC"},
                 {"on": "event", "name": ["STOP", "RESUME"], "do": "skip"}]
                """);
        assertThat(FaultOption.rules(file)).map(FaultRule::text).containsExactly(RULES);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x.yaml | - on: [write        | is no YAML: line 1",
                "x.yaml | - on: wirte         | on=wirte is none of [connection,",
                "x.yaml | - on: write         | do= is missing",
                "x.yaml | # nothing           | is empty, write a list of rules",
                "x.yaml | - never-redy        | there is no preset 'never-redy'",
                "x.json | [{\"on\": \"write\" | JSON parse error",
                "x.json | [7]                 | there is no preset '7'",
                "x.json | {\"on\": null}      | on=null is none of"
            })
    void saysInOneLineWhatIsWrong(String name, String text, String complaint) throws IOException {
        String file = file(name, text);
        assertThatThrownBy(() -> FaultOption.rules(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageContaining(complaint)
                .hasMessageNotContaining("\n");
    }

    @Test
    void namesAFileThatIsNotThere() {
        assertThatThrownBy(() -> FaultOption.rules("/no/such/faults.json"))
                .hasMessage("fault file /no/such/faults.json: can't be read: No such file or directory");
    }
}
