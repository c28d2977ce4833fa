package dev.blockcopy.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.engine.CopyJob;
import dev.blockcopy.engine.CopySpec;
import dev.blockcopy.engine.Findings;
import dev.blockcopy.engine.JobStore;
import dev.blockcopy.engine.JournalLine;
import dev.blockcopy.engine.image.ImageFormat;
import dev.blockcopy.model.lifecycle.Facts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever the names, messages and numbers are: they come back unchanged. */
class OddContentTest {
    private static Path directory;
    private static JobStore store;
    private static int count;

    @BeforeContainer
    static void open() throws IOException {
        directory = Files.createTempDirectory("store");
        store = SqliteJobStore.open(directory.resolve("jobs.db"));
    }

    @AfterContainer
    static void close() throws IOException {
        store.close();
        Files.delete(directory.resolve("jobs.db"));
        Files.delete(directory);
    }

    @Property(seed = "20260101", tries = 300, edgeCases = EdgeCasesMode.NONE)
    void aJobComesBackAsItWasWritten(
            @ForAll("specs") CopySpec spec, @ForAll("findings") Findings first, @ForAll("findings") Findings last) {
        CopySpec mine = withId(spec, spec.id() + "-" + ++count);
        CopyJob job = new CopyJob(mine, Facts.LAYOUT.initial(), first);
        store.insert(job, Samples.LINE);
        assertThat(store.find(mine.id())).contains(job);
        store.save(job.with(last), List.of());
        assertThat(store.find(mine.id())).contains(job.with(last));
    }

    @Property(seed = "20260101", tries = 100, edgeCases = EdgeCasesMode.NONE)
    void aLineOfTheJournalComesBackAsItWasWritten(@ForAll("lines") JournalLine line) {
        String id = "line-" + ++count;
        store.insert(Samples.job(id), line);
        assertThat(store.journalOf(id)).containsExactly(line);
    }

    private static CopySpec withId(CopySpec spec, String id) {
        return new CopySpec(
                id,
                spec.nonce(),
                spec.monitor(),
                spec.disk(),
                spec.backend(),
                spec.source(),
                spec.destination(),
                spec.options());
    }

    @Provide
    Arbitrary<CopySpec> specs() {
        return Combinators.combine(names(), paths(), texts(), backends(), sources(), destinations(), options())
                .as((id, monitor, disk, backend, source, destination, options) ->
                        new CopySpec(id, "0123456789ab", monitor, disk, backend, source, destination, options));
    }

    @Provide
    Arbitrary<Findings> findings() {
        Arbitrary<Long> nanos = Arbitraries.longs();
        return Combinators.combine(texts(), texts(), texts().list().ofMaxSize(3), texts(), nanos, nanos)
                .as((made, error, left, before, pause, pivot) ->
                        new Findings(made, error, left, before, pause, pivot, error, made, error));
    }

    @Provide
    Arbitrary<JournalLine> lines() {
        Arbitrary<Instant> times = Combinators.combine(
                        Arbitraries.longs().between(0, 1L << 36),
                        Arbitraries.integers().between(0, 999_999_999))
                .as(Instant::ofEpochSecond);
        return Combinators.combine(times, names(), names(), names(), names(), wholeTexts())
                .as(JournalLine::new);
    }

    private static Arbitrary<CopySpec.Backend> backends() {
        return Combinators.combine(texts(), texts()).as(CopySpec.Backend::new);
    }

    private static Arbitrary<CopySpec.Source> sources() {
        return Combinators.combine(
                        names(),
                        texts(),
                        names(),
                        Arbitraries.longs(),
                        paths().list().ofMaxSize(3),
                        names())
                .as(CopySpec.Source::new);
    }

    private static Arbitrary<CopySpec.Destination> destinations() {
        return Combinators.combine(
                        paths(), Arbitraries.of(ImageFormat.class), Arbitraries.of(true, false), texts(), names())
                .as(CopySpec.Destination::new);
    }

    private static Arbitrary<CopySpec.Options> options() {
        Arbitrary<Boolean> flags = Arbitraries.of(true, false);
        Arbitrary<Long> numbers = Arbitraries.longs();
        return Combinators.combine(flags, flags, numbers, numbers, numbers, numbers)
                .as(CopySpec.Options::new);
    }

    /** Names as QEMU takes them, up to its 31 characters. */
    private static Arbitrary<String> names() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .withCharRange('0', '9')
                .withChars("-._#")
                .ofMinLength(1)
                .ofMaxLength(31)
                .edgeCases(cases -> cases.add("n".repeat(31)));
    }

    /** Anything that Java calls a string, half surrogate pairs and NUL among it. */
    private static Arbitrary<String> texts() {
        Arbitrary<String> odd = Arbitraries.of(
                "",
                "'",
                "\"",
                "'; DROP TABLE job; --",
                "a\nb\r\n\tc",
                "\u0000",
                "\ud83d",
                "\ud83d\udcbe",
                "\u2028",
                "\\u0041\\",
                "null",
                "{}",
                "\uffff",
                "é\u0301");
        return Arbitraries.oneOf(odd, Arbitraries.strings().all().ofMaxLength(40));
    }

    /** Text that has a UTF-8. */
    private static Arbitrary<String> wholeTexts() {
        return texts().filter(text -> text.codePoints().noneMatch(point -> point >= 0xd800 && point <= 0xdfff));
    }

    /** Paths of whatever characters a path of this host may have. */
    private static Arbitrary<Path> paths() {
        return Arbitraries.strings()
                .ascii()
                .withChars("äß€ \"'\n%?#")
                .excludeChars('\0')
                .ofMaxLength(30)
                .map(text -> Path.of("/" + text));
    }
}
