package dev.blockcopy.simulator.check;

import static dev.blockcopy.simulator.check.Toys.HEARD;
import static dev.blockcopy.simulator.check.Toys.LINE;
import static dev.blockcopy.simulator.check.Toys.SENT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.model.Guard;
import dev.blockcopy.simulator.world.Guarantees;
import dev.blockcopy.simulator.world.Inquiry;
import dev.blockcopy.simulator.world.Variant;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * TLC counts the same states and comes to the same verdicts: where it is given, by {@code -Dtla2tools=CLASSPATH}; elsewhere
 * there is nothing to ask.
 */
@Tag("once")
class TlcTest {
    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> agrees() {
        if (Tlc.classPath().isEmpty()) {
            System.err.println("TLC is not asked: give -Dtla2tools=/path/to/tla2tools.jar");
            return Stream.empty();
        }
        Map<String, Question> questions = new LinkedHashMap<>();
        questions.put(
                "a toy",
                Toys.question(
                        Toys.line(),
                        new Property.Always("room", "never two under way", Guard.not(LINE.isFull())),
                        new Property.Always(
                                "order", "no more is heard than sent", Guard.not(new Guard.Less(SENT, HEARD)))));
        questions.put(
                "nonsense",
                Toys.question(new RandomWorld(new Random(1)).careful().world()));
        questions.put("what ships", inquiry("", "mgr=1").question(Guarantees.named(List.of("S1", "S2"))));
        questions.put(
                "libvirt 9",
                inquiry("guest=running,evidence=concluded,journal=after-reply", "mgr=1")
                        .question(Guarantees.named(List.of("S1", "S11"))));
        questions.put(
                "2012",
                inquiry("switch=reopen,guest=running,evidence=reply,journal=none", "qemu=1")
                        .question(Guarantees.named(List.of("S1", "S2"))));
        questions.put(
                "QEMU 1.3",
                inquiry("guest=running,evidence=reply,journal=before", "mgr=1", 0)
                        .question(Guarantees.named(List.of("S1", "S2"))));
        questions.put(
                "2012, safer by a pause",
                inquiry("switch=reopen,guest=paused", "open-dst=1,open-src=1", 0)
                        .question(Guarantees.named(List.of("S1", "S2"))));
        questions.put("the end of what ships", inquiry("", "none", 0).questionOfTheEnd());
        return questions.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> assertEqual(entry.getValue())));
    }

    private static Inquiry inquiry(String variant, String faults) {
        return inquiry(variant, faults, 1);
    }

    private static Inquiry inquiry(String variant, String faults, int requests) {
        List<String> choices = variant.isEmpty() ? List.of() : List.of(variant.split(","));
        return new Inquiry(Variant.of(choices), Inquiry.faults(List.of(faults.split(","))), requests);
    }

    private void assertEqual(Question question) throws Exception {
        CheckResult ours = Checker.check(question, Bounds.standard());
        Tlc tlc = new Tlc(folder, Tlc.classPath().orElseThrow(), question);
        assertThat(tlc.states()).isEqualTo(ours.size().states());
        for (Finding finding : ours.findings()) {
            assertThat(tlc.breaks(finding.property().name()))
                    .as(finding.property().name())
                    .isEqualTo(finding.verdict() == Verdict.VIOLATED);
        }
    }
}
