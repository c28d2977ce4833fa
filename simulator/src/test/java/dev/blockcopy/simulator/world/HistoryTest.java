package dev.blockcopy.simulator.world;

import static dev.blockcopy.model.Guard.all;
import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.model.Guard;
import dev.blockcopy.model.lifecycle.CopyEffect;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.JobState;
import dev.blockcopy.model.lifecycle.Lifecycle;
import dev.blockcopy.qemufake.JobPlaces;
import dev.blockcopy.simulator.check.Bounds;
import dev.blockcopy.simulator.check.Property;
import dev.blockcopy.simulator.check.Trace;
import dev.blockcopy.simulator.check.Watch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * What has gone wrong in history, or was feared to: the shortest run to each, kept as text. To write them anew:
 * {@code ./mvnw -pl simulator test -Dtest=HistoryTest -Dhistory.rewrite=true}.
 */
@Tag("once")
class HistoryTest {
    private static final Path FOLDER = Path.of("src/test/resources/history");

    /** A story: where it may happen, and by what its end is known. */
    private record Story(String name, String variant, String faults, Mutant mutant, Guard end) {
        String told() {
            List<String> choices = variant.isEmpty() ? List.of() : List.of(variant.split(","));
            Inquiry inquiry = new Inquiry(Variant.of(choices), Inquiry.faults(List.of(faults.split(","))), 1);
            CopyWorld world = inquiry.world(mutant == null ? VariantTable.of(inquiry.variant()) : mutant.table());
            Property goal = new Property.Sometimes(name, name, end);
            List<Property> asked = new ArrayList<>(Guarantees.SAFETY);
            asked.add(goal);
            Answer answer = inquiry.ask(world, asked, Bounds.standard(), Watch.NONE);
            List<Trace> traces = answer.result().of(name).traces();
            assertThat(traces).as(name + " can happen").isNotEmpty();
            return name + "\n\n" + inquiry.variant() + "\nfaults " + inquiry.faultsText() + "\n"
                    + (mutant == null ? "" : "a wrong table: " + mutant.name() + "\n")
                    + "\n" + StoryText.table(Storyline.of(answer.question(), traces.get(0)));
        }
    }

    private static final List<Story> STORIES = List.of(
            new Story(
                    "the hosed guest",
                    "switch=reopen,guest=paused,evidence=reply+graph",
                    "open-dst=1,open-src=1",
                    null,
                    Facts.STATE.is(JobState.HOSED)),
            new Story(
                    "the stale source",
                    "guest=running,evidence=concluded,journal=after-reply",
                    "mgr=1",
                    null,
                    all(Facts.STATE.is(JobState.CANCELLED), Outside.SOURCE_LACKS.is(true))),
            new Story(
                    "the half-written state",
                    "",
                    "mgr=1",
                    halfWritten(),
                    all(Facts.STATE.is(JobState.PAUSING), Facts.JOURNAL.is(JobState.PAUSING), Facts.ONLINE.is(false))),
            new Story(
                    "the witness decides after QEMU is dead",
                    "switch=reopen,guest=running,evidence=reply+graph+witness",
                    "qemu=1",
                    null,
                    all(
                            Facts.STATE.is(JobState.PIVOTED),
                            Outside.LIFE.is(Outside.Life.DEAD),
                            Outside.SOURCE_LACKS.is(true))),
            new Story(
                    "the pause makes both images equal",
                    "",
                    "qemu=1",
                    null,
                    all(
                            Facts.STATE.is(JobState.FAILED),
                            Outside.LIFE.is(Outside.Life.DEAD),
                            Facts.SWITCH_TOLD.is(true),
                            History.EQUAL_AT_END.is(true),
                            Outside.SOURCE_LACKS.is(false),
                            Outside.DESTINATION_LACKS.is(false))),
            new Story(
                    "the soft cancel after complete changes nothing",
                    "",
                    "none",
                    Mutant.withEffect(
                            Lifecycle.TABLE,
                            Mutant.row(Lifecycle.TABLE, "SWITCHING on FORCE where switch by complete"),
                            CopyEffect.CANCEL_SOFTLY),
                    all(
                            JobPlaces.ASKED.is(JobPlaces.Asked.COMPLETE_THEN_CANCEL),
                            JobPlaces.GUEST_ON.is(JobPlaces.Side.TARGET))),
            new Story(
                    "the pivot that reports an error though it switched",
                    "",
                    "switched=1",
                    null,
                    all(Facts.STATE.is(JobState.PIVOTED), JobPlaces.FAILED.is(true))));

    /** The name of a passing state in the journal, which nobody can load. */
    private static Mutant halfWritten() {
        return Mutant.remembering(
                "writes a state that can't be loaded",
                Lifecycle.TABLE,
                Mutant.row(
                        Lifecycle.TABLE,
                        "GAUGING on GUEST_RUNS where behind it MIRRORING and not let go for another disk"),
                changes -> {
                    changes.removeIf(change -> change.place() == Facts.JOURNAL.variable());
                    changes.add(Facts.JOURNAL.becomes(JobState.PAUSING));
                    return changes;
                });
    }

    @TestFactory
    Stream<DynamicTest> isToldAsItWasWritten() {
        return STORIES.stream().map(story -> DynamicTest.dynamicTest(story.name(), () -> compare(story)));
    }

    private static void compare(Story story) throws IOException {
        Path file = FOLDER.resolve(story.name().replace(' ', '-') + ".txt");
        String told = story.told();
        if (Boolean.getBoolean("history.rewrite")) {
            Files.createDirectories(FOLDER);
            Files.writeString(file, told);
        }
        assertThat(told).isEqualTo(Files.readString(file));
    }
}
