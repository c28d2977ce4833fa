package dev.blockcopy.qemufake.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.qemufake.server.Dialogue;
import dev.blockcopy.qemufake.server.FakeQemu;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** What the extension gives a test, and what it makes of one that goes wrong; the tests inside are run by those outside. */
class WithFakeQemuTest {
    /** Tests as a user would write them. */
    @WithFakeQemu(
            disks = {"vda=8M", "vdb=1M"},
            images = "copy=8M")
    static class ByAnnotation {
        @Test
        void hasTheDisksOfItsClass(FakeQemu qemu) {
            assertThat(qemu.state().disks()).containsOnlyKeys("vda", "vdb");
        }

        @Test
        @WithFakeQemu(faults = "on=command,name=stop,do=error")
        void hasTheFaultsOfItsMethod(FakeQemu qemu) {
            try (Dialogue qmp = Dialogue.open(qemu.socket())) {
                assertThat(qmp.reply("stop", Map.of()).toString()).contains("Injected failure");
            }
        }

        @Test
        void sendsWhatNoQemuKnows(FakeQemu qemu) {
            ask(qemu, "query-statuz");
        }

        @Test
        @WithFakeQemu(tolerates = "query-future")
        void triesWhatItMayTry(FakeQemu qemu) {
            ask(qemu, "query-future");
        }

        @Test
        @WithFakeQemu(expects = {"query-status", "cont"})
        void sendsWhatItsTestDoesNotExpect(FakeQemu qemu) {
            ask(qemu, "query-status");
            ask(qemu, "stop");
        }

        @Test
        @WithFakeQemu(faults = "refused-pivot")
        void neverComesToItsFault(FakeQemu qemu) {
            ask(qemu, "query-status");
        }

        @Test
        @WithFakeQemu(faults = "refused-pivot", strict = false)
        void isNotStrict(FakeQemu qemu) {
            ask(qemu, "query-statuz");
        }

        @Test
        void fails(FakeQemu qemu) {
            ask(qemu, "query-status");
            throw new IllegalStateException("no such luck");
        }
    }

    /** The same with a field. */
    static class ByField {
        @RegisterExtension
        final FakeQemuExtension fake = FakeQemuExtension.with(
                        builder -> builder.drive("vda", 1 << 20).fault("on=event,name=STOP,do=skip"))
                .monitors(2)
                .expects("stop");

        @RegisterExtension
        final FakeQemuExtension other = FakeQemuExtension.with(builder -> builder.drive("other", 1 << 20))
                .lenient();

        @Test
        void hasAFakeForEachField() {
            ask(fake.qemu(), "stop");
            assertThat(fake.qemu().state().disks()).containsOnlyKeys("vda");
            assertThat(other.qemu().state().disks()).containsOnlyKeys("other");
            assertThat(fake.qemu().socket()).isNotEqualTo(other.qemu().socket()).exists();
        }

        @Test
        void sendsWhatItsTestDoesNotExpect() {
            ask(fake.qemu(), "stop");
            ask(fake.qemu(), "cont");
        }
    }

    private static void ask(FakeQemu qemu, String command) {
        try (Dialogue qmp = Dialogue.open(qemu.socket())) {
            qmp.reply(command, Map.of());
        }
    }

    /** What became of each test, and what was reported beside. */
    private static final class Outcomes implements TestExecutionListener {
        final Map<String, String> failures = new HashMap<>();
        final Map<String, String> entries = new HashMap<>();

        static Outcomes of(Class<?> tests) {
            Outcomes outcomes = new Outcomes();
            LauncherFactory.create()
                    .execute(
                            LauncherDiscoveryRequestBuilder.request()
                                    .selectors(DiscoverySelectors.selectClass(tests))
                                    .build(),
                            outcomes);
            return outcomes;
        }

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            StringWriter text = new StringWriter();
            result.getThrowable().ifPresent(failure -> failure.printStackTrace(new PrintWriter(text, true)));
            failures.put(test.getDisplayName().replaceAll("\\(.*", ""), text.toString());
        }

        @Override
        public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
            entries.putAll(entry.getKeyValuePairs());
        }
    }

    @Test
    void passesWhatIsAsExpected() {
        Map<String, String> failures = Outcomes.of(ByAnnotation.class).failures;
        assertThat(List.of("hasTheDisksOfItsClass", "hasTheFaultsOfItsMethod", "triesWhatItMayTry", "isNotStrict"))
                .allSatisfy(test -> assertThat(failures.get(test)).as(test).isEmpty());
        assertThat(Outcomes.of(ByField.class).failures.get("hasAFakeForEachField"))
                .isEmpty();
    }

    @Test
    void failsAnUnexpectedCommandAndNamesTheNearest() {
        Map<String, String> failures = Outcomes.of(ByAnnotation.class).failures;
        assertThat(failures.get("sendsWhatNoQemuKnows"))
                .contains(
                        "unexpected command 'query-statuz': no QEMU of this kind knows it, the nearest is 'query-status'");
        assertThat(failures.get("sendsWhatItsTestDoesNotExpect"))
                .contains("unexpected command 'stop': the nearest that this test expects is 'cont'");
        assertThat(Outcomes.of(ByField.class).failures.get("sendsWhatItsTestDoesNotExpect"))
                .contains("unexpected command 'cont': the nearest that this test expects is 'stop'");
    }

    @Test
    void failsATestThatNeverComesToItsFault() {
        assertThat(Outcomes.of(ByAnnotation.class).failures.get("neverComesToItsFault"))
                .contains("fault 'id=refused-pivot,on=command,", "never struck");
    }

    @Test
    void aFailureComesWithJournalAndChart() throws IOException {
        Outcomes outcomes = Outcomes.of(ByAnnotation.class);
        String failure = outcomes.failures.get("fails");
        assertThat(failure).contains("no such luck", "|------ query-status ---", "ok status=running");
        assertThat(outcomes.entries).containsKeys("qemu-fake journal", "qemu-fake chart");
        Path journal = Path.of(failure.lines()
                .filter(line -> line.contains("journal: "))
                .findFirst()
                .orElseThrow()
                .replaceAll(".*journal: ", ""));
        assertThat(Files.readString(journal)).contains("\"kind\": \"received\"");
    }
}
