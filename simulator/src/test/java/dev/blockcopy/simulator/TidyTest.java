package dev.blockcopy.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Rules about the form of all modules that a compiler and a formatter don't know. */
class TidyTest {
    private static final int FILE_LINES_MAX = 400;
    private static final int METHOD_LINES_MAX = 60;
    private static final Pattern VAGUE_NAME = Pattern.compile(".*(Manager|Helper|Utils?|Impl)|Abstract.*");
    private static final Pattern CHANCE = Pattern.compile("new Random\\(\\)|Math\\.random\\(|ThreadLocalRandom");
    private static final Pattern SLEEP = Pattern.compile("\\.sleep\\(");
    private static final Pattern UNFINISHED = Pattern.compile("\\b(TODO|FIXME|XXX)\\b");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#: ]+)(#[^)]*)?\\)");

    private static List<Path> java() throws IOException {
        List<Path> files = Sources.ending(".java");
        assertThat(files).hasSizeGreaterThan(100);
        return files;
    }

    private static List<Path> containing(List<Path> files, Pattern pattern) {
        return files.stream()
                .filter(file -> !file.endsWith("TidyTest.java"))
                .filter(file -> pattern.matcher(Sources.text(file)).find())
                .toList();
    }

    @Test
    void typesAreNamedForWhatTheyAre() throws IOException {
        assertThat(Sources.typesIn(java()))
                .filteredOn(name -> VAGUE_NAME.matcher(name).matches())
                .isEmpty();
    }

    @Test
    void packagesHaveAFrontPage() throws IOException {
        assertThat(java().stream()
                        .filter(file -> file.toString().contains("/src/main/java/"))
                        .map(Path::getParent)
                        .distinct())
                .allSatisfy(dir -> assertThat(dir.resolve("package-info.java")).exists());
    }

    @Test
    void filesAreShort() throws IOException {
        assertThat(java().stream().filter(file -> Sources.text(file).lines().count() > FILE_LINES_MAX))
                .isEmpty();
    }

    /** The table of the life cycle is data, and as long as it has rows. */
    @Test
    void methodsAreShort() throws IOException {
        List<Path> files = java().stream()
                .filter(file -> !file.endsWith("lifecycle/Lifecycle.java"))
                .toList();
        assertThat(Sources.methodsIn(files).stream().filter(method -> method.lines() > METHOD_LINES_MAX))
                .isEmpty();
    }

    @Test
    void testsWaitForEventsAndDoNotSleep() throws IOException {
        List<Path> tests = java().stream()
                .filter(file -> file.toString().contains("/src/test/"))
                .toList();
        assertThat(containing(tests, SLEEP)).isEmpty();
    }

    @Test
    void nothingIsLeftToChanceWithoutASeed() throws IOException {
        assertThat(containing(java(), CHANCE)).isEmpty();
    }

    @Test
    void nothingIsLeftUnfinished() throws IOException {
        assertThat(containing(java(), UNFINISHED)).isEmpty();
    }

    @Test
    void pagesBeginWithWhatTheirReaderWillKnow() throws IOException {
        assertThat(Sources.ending(".md").stream().filter(page -> page.toString().contains("/docs/")))
                .allSatisfy(page -> assertThat(Sources.text(page).lines().limit(6))
                        .as(page.toString())
                        .anyMatch(line -> line.contains("you know") || line.contains("you can")));
    }

    @Test
    void linksBetweenPagesLead() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path page : Sources.ending(".md")) {
            Matcher link = LINK.matcher(Sources.text(page));
            while (link.find()) {
                if (!Files.exists(page.resolveSibling(link.group(1)))) {
                    broken.add(Sources.root().relativize(page) + ": " + link.group(1));
                }
            }
        }
        assertThat(broken).isEmpty();
    }
}
