package dev.blockcopy.engine.acceptance;

import static dev.blockcopy.engine.acceptance.Blow.after;
import static dev.blockcopy.engine.acceptance.Blow.before;
import static dev.blockcopy.engine.acceptance.Images.MIB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.engine.Answer;
import dev.blockcopy.engine.Authority;
import dev.blockcopy.engine.Authority.Verdict;
import dev.blockcopy.engine.CopyRequestBuilder;
import dev.blockcopy.engine.JobReport;
import dev.blockcopy.engine.qmp.NeedsRealQemu;
import dev.blockcopy.model.lifecycle.Facts.Wish;
import dev.blockcopy.model.lifecycle.JobState;
import dev.blockcopy.model.lifecycle.Trigger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * QEMU is killed on either side of an effect, most often together with the engine: the source is named until the outcome is durable, because the guest was
 * paused all the while, and the destination from then on. Where the guest was not paused, nothing is guessed.
 */
@NeedsRealQemu
@Timeout(300)
class DeadQemuTest {

    @TempDir
    Path dir;

    private Scene scene;
    private Path source;
    private Path destination;

    @BeforeEach
    void makeDisk() throws Exception {
        scene = new Scene(dir);
        source = Images.raw(scene.image("disk.raw"), 4 * MIB, MIB);
        destination = scene.image("copy.raw");
        scene.runningWith(source);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    static Stream<Blow.Instant> beforeTheOutcomeIsDurable() {
        return Stream.of(
                after(JobState.STARTING, JobState.STARTING),
                before(JobState.APPROACHING, JobState.MIRRORING),
                after(JobState.GAUGING, JobState.MIRRORING),
                before(JobState.PAUSING, JobState.PIVOTING),
                after(JobState.PAUSING, JobState.PIVOTING),
                after(JobState.SWITCHING, JobState.PIVOTING),
                after(JobState.JUDGING, JobState.PIVOTING),
                after(JobState.PROVING, JobState.PIVOTING));
    }

    @ParameterizedTest
    @MethodSource("beforeTheOutcomeIsDurable")
    void namesTheSourceAsLongAsTheGuestIsPaused(Blow.Instant instant) throws Exception {
        String job = bothDie(instant, pivot());

        assertThat(taken(job).phase()).isEqualTo(JobState.FAILED);
        assertThat(destination).exists();
        isNamed(Verdict.SOURCE, source);
    }

    static Stream<Blow.Instant> whileAnAnswerIsAwaited() {
        return Stream.of(
                before(JobState.STARTING, JobState.STARTING),
                before(JobState.APPROACHING, JobState.MIRRORING),
                before(JobState.PAUSING, JobState.PIVOTING),
                after(JobState.SWITCHING, JobState.PIVOTING));
    }

    @ParameterizedTest
    @MethodSource("whileAnAnswerIsAwaited")
    void seesByItselfThatQemuIsGone(Blow.Instant instant) throws Exception {
        Blow blow = new Blow(instant, () -> scene.qemu().kill());

        JobReport report = blow.strikes(scene.store(), pivot().build());

        assertThat(report.phase()).isEqualTo(JobState.FAILED);
        isNamed(Verdict.SOURCE, source);
    }

    static Stream<Blow.Instant> onceTheOutcomeIsDurable() {
        return Stream.of(
                before(JobState.RESUMING, JobState.CONCLUDED),
                after(JobState.RESUMING, JobState.CONCLUDED),
                before(JobState.DISMISSING, JobState.CONCLUDED),
                after(JobState.DISMISSING, JobState.CONCLUDED));
    }

    @ParameterizedTest
    @MethodSource("onceTheOutcomeIsDurable")
    void namesTheDestinationFromThenOn(Blow.Instant instant) throws Exception {
        String job = bothDie(instant, pivot());

        assertThat(taken(job).phase()).isEqualTo(JobState.PIVOTED);
        isNamed(Verdict.DESTINATION, destination);
    }

    static Stream<Blow.Instant> whileTheFileIsMade() {
        return Stream.of(
                after(JobState.MAKING, JobState.REQUESTED),
                before(JobState.PLACING, JobState.PLACING),
                after(JobState.ATTACHING, JobState.PLACING));
    }

    @ParameterizedTest
    @MethodSource("whileTheFileIsMade")
    void removesTheFileThatItHadMade(Blow.Instant instant) throws Exception {
        String job = bothDie(instant, pivot());

        assertThat(taken(job).phase()).isEqualTo(JobState.FAILED);
        assertThat(scene.files()).containsExactly("disk.raw");
        isNamed(Verdict.SOURCE, source);
    }

    static Stream<Blow.Instant> whileItMaySwitch() {
        return Stream.of(
                before(JobState.SWITCHING, JobState.PIVOTING),
                after(JobState.SWITCHING, JobState.PIVOTING),
                after(JobState.PROVING, JobState.PIVOTING));
    }

    @ParameterizedTest
    @MethodSource("whileItMaySwitch")
    void guessesNothingWhereTheGuestRanOn(Blow.Instant instant) throws Exception {
        String job = bothDie(instant, pivot().withoutPause());

        assertThat(taken(job).phase()).isEqualTo(JobState.IN_DOUBT);
        assertThat(source).exists();
        Files.write(destination, new byte[] {1}, StandardOpenOption.WRITE);
        isNamed(Verdict.UNKNOWN, Path.of(""));
    }

    @Test
    void needsNobodyToKnowMoreWhereBothImagesAreTheSame() throws Exception {
        String job = bothDie(after(JobState.SWITCHING, JobState.PIVOTING), pivot().withoutPause());
        assertThat(taken(job).phase()).isEqualTo(JobState.IN_DOUBT);

        isNamed(Verdict.SOURCE, source);

        assertThat(scene.engine().authority(scene.qemu().monitor(), "drive0").evidence())
                .contains("both images are the same, byte by byte: either is safe");
    }

    /** That one has the source open, as a supervisor starts it, and nobody the destination. */
    static Stream<Arguments> whatAnotherQemuMeans() {
        return Stream.of(
                Arguments.of(before(JobState.APPROACHING, JobState.MIRRORING), JobState.FAILED),
                Arguments.of(before(JobState.PAUSING, JobState.PIVOTING), JobState.FAILED),
                Arguments.of(after(JobState.PROVING, JobState.PIVOTING), JobState.FAILED),
                Arguments.of(before(JobState.RESUMING, JobState.CONCLUDED), JobState.PIVOTED));
    }

    @ParameterizedTest
    @MethodSource("whatAnotherQemuMeans")
    void touchesNothingInAnotherQemuOnTheSameSocket(Blow.Instant instant, JobState end) throws Exception {
        String job = bothDie(instant, pivot());
        scene.qemu().close();
        scene.prelaunch("-drive", "if=none,id=drive0,format=raw,file=" + source);
        Seen before = scene.look();

        assertThat(taken(job).phase()).isEqualTo(end);

        assertThat(scene.look()).isEqualTo(before);
    }

    @Test
    void guessesNothingWhereAnotherQemuHasOtherImages() throws Exception {
        String job = bothDie(after(JobState.PROVING, JobState.PIVOTING), pivot());
        scene.qemu().close();
        scene.prelaunch("-drive", "if=none,id=drive0,format=raw,file=" + Images.blank(scene.image("other.raw"), MIB));

        assertThat(taken(job).phase()).isEqualTo(JobState.IN_DOUBT);
    }

    @Test
    void believesAPersonWhereNothingElseIsKnown() throws Exception {
        String job = bothDie(after(JobState.SWITCHING, JobState.PIVOTING), pivot().withoutPause());
        assertThat(taken(job).phase()).isEqualTo(JobState.IN_DOUBT);

        Answer answer = scene.engine().resolve(job, Trigger.KEEP_DESTINATION, "root says: seen on the console");

        assertThat(answer).isEqualTo(Answer.ACCEPTED);
        assertThat(scene.ended(job).phase()).isEqualTo(JobState.PIVOTED);
        assertThat(scene.engine().journalOf(job))
                .anyMatch(line -> line.trigger().equals("KEEP_DESTINATION")
                        && line.because().endsWith("; root says: seen on the console"));
        isNamed(Verdict.DESTINATION, destination);
        Authority told = scene.engine().authority(scene.qemu().monitor(), "drive0");
        assertThat(told.evidence())
                .anyMatch(line -> line.contains("rests on this word alone: ") && line.contains("seen on the console"));
        assertThat(told.advice()).anyMatch(line -> line.startsWith("keep " + source + " too: if that word was wrong"));
        assertThat(source).exists();
    }

    private CopyRequestBuilder pivot() {
        return scene.copy(destination).wish(Wish.PIVOT);
    }

    private String bothDie(Blow.Instant instant, CopyRequestBuilder request) throws Exception {
        Blow blow = new Blow(instant, () -> {
            scene.qemu().kill();
            throw new Blow.Dead(instant);
        });
        return blow.strikes(scene.store(), request.build()).id();
    }

    private JobReport taken(String job) throws Exception {
        assertThat(scene.engine().takeOver()).containsExactly(job);
        return scene.engine().await(job, JobReport::isSettled, Scene.SOON);
    }

    private void isNamed(Verdict verdict, Path image) throws Exception {
        Authority authority = scene.engine().authority(scene.qemu().monitor(), "drive0");
        assertThat(authority.verdict()).as("%s", authority).isEqualTo(verdict);
        assertThat(authority.image()).isEqualTo(image.toString());
        assertThat(authority.evidence()).isNotEmpty();
    }
}
