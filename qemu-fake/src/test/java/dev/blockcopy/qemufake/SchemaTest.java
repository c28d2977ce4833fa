package dev.blockcopy.qemufake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.model.qmp.QmpReply;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@code query-qmp-schema} tells is so: what it names is taken, and what it does not name is refused. */
@Tag("once")
class SchemaTest {
    /** What QEMU says of arguments that it does not take; all else comes after they were looked at. */
    private static final String OF_FORM =
            ".*(is unexpected|is missing|Invalid parameter type|does not accept value" + "|has not been found).*";

    /** What the fake says of a variant that it does not have, whatever else is asked of it. */
    private static final String OF_THE_FAKE = "The fake has no ";

    private static Introspected schema(Dialect dialect) {
        return new Introspected((List<?>) reply(dialect, "query-qmp-schema", Map.of()));
    }

    /** What comes back; of an error its text. */
    private static Object reply(Dialect dialect, String command, Map<String, Object> arguments) {
        QmpReply reply = new Bench(dialect).command(command, arguments);
        return reply instanceof QmpReply.Failure failure ? failure.description() : ((QmpReply.Success) reply).value();
    }

    @ParameterizedTest
    @EnumSource(names = {"QEMU_7_2", "ATOMIC"})
    void namesTheCommandsThatAreListed(Dialect dialect) {
        assertThat(new TreeSet<>(schema(dialect).commands()))
                .isEqualTo(new TreeSet<>(dialect.commands().keySet()));
    }

    @ParameterizedTest
    @EnumSource(names = {"QEMU_7_2", "ATOMIC"})
    void whatItNamesIsTaken(Dialect dialect) {
        Introspected schema = schema(dialect);
        for (String command : schema.commands()) {
            for (Map<String, Object> arguments : schema.full(command)) {
                assertThat(reply(dialect, command, arguments).toString())
                        .as("%s %s", command, arguments)
                        .doesNotMatch(OF_FORM);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"QEMU_7_2", "ATOMIC"})
    void whatItDoesNotNameIsRefused(Dialect dialect) {
        Introspected schema = schema(dialect);
        for (String command : schema.commands()) {
            for (Map<String, Object> arguments : schema.full(command)) {
                Map<String, Object> more = new LinkedHashMap<>(arguments);
                more.put("nobody-knows-this", true);
                String said = reply(dialect, command, more).toString();
                assertThat(said)
                        .as("%s %s", command, more)
                        .satisfiesAnyOf(
                                text -> assertThat(text).startsWith(OF_THE_FAKE),
                                text -> assertThat(text).isEqualTo("Parameter 'nobody-knows-this' is unexpected"));
            }
        }
    }

    @Test
    void aClientCanProbeForAnArgumentOrForACommand() {
        assertThat(schema(Dialect.QEMU_7_2).argumentsOf("blockdev-mirror"))
                .contains("copy-mode", "auto-finalize", "auto-dismiss")
                .doesNotContain("target-is-zero");
        assertThat(schema(Dialect.QEMU_7_2).commands()).doesNotContain("block-job-change", "drive-reopen");
        assertThat(schema(Dialect.ATOMIC).argumentsOf("drive-mirror"))
                .contains("on-target-error")
                .doesNotContain("copy-mode");
    }

    @Test
    void whatTheFakeDoesNotDoIsRefusedInItsOwnWords() {
        assertThat(reply(Dialect.QEMU_7_2, "migrate", Map.of("uri", "tcp:x")))
                .isEqualTo("The fake does not do 'migrate', which has no part in block jobs");
        assertThat(reply(Dialect.QEMU_7_2, "migrate", Map.of())).isEqualTo("Parameter 'uri' is missing");
        assertThat(reply(Dialect.QEMU_7_2, "object-add", Map.of("qom-type", "iothread", "id", "x")))
                .isEqualTo("The fake has no object of the type 'iothread': use secret");
    }
}
