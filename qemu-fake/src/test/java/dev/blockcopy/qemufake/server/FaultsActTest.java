package dev.blockcopy.qemufake.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.qemufake.FaultAct;
import dev.blockcopy.qemufake.FaultPlace;
import dev.blockcopy.qemufake.FaultPreset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What each act does at each place, and what each preset does, through the bytes of a monitor: {@code fault-stories.txt}
 * has a rule and its story in turn; {@code -Dscenarios.rewrite} writes down the stories anew.
 */
class FaultsActTest {
    private static final Path STORIES = Path.of("src/test/resources/fault-stories.txt");

    static Stream<List<String>> stories() throws IOException {
        List<String> lines = Files.readAllLines(STORIES);
        List<List<String>> pairs = new ArrayList<>();
        for (int i = 0; i < lines.size() - 1; i++) {
            if (isRule(lines.get(i))) {
                pairs.add(List.of(lines.get(i), lines.get(i + 1).strip()));
            }
        }
        return pairs.stream();
    }

    private static boolean isRule(String line) {
        return !line.isBlank() && !line.startsWith(" ") && !line.startsWith("#");
    }

    @ParameterizedTest
    @MethodSource("stories")
    void doesWhatIsWrittenDown(List<String> pair) {
        String story = FaultStory.of(pair.get(0).split(" "));
        assertThat(story.strip()).isEqualTo(pair.get(1));
        assertThat(story).doesNotEndWith("*** 0");
    }

    @Test
    void writesTheStoriesAnew() throws IOException {
        if (System.getProperty("scenarios.rewrite") != null) {
            List<String> lines = new ArrayList<>();
            for (String line : Files.readAllLines(STORIES)) {
                if (!line.startsWith(" ")) {
                    lines.add(line);
                }
                if (isRule(line)) {
                    lines.add("    " + FaultStory.of(line.split(" ")).strip());
                }
            }
            Files.write(STORIES, lines);
        }
    }

    @Test
    void everyActIsSeenAtEveryPlaceThatTakesIt() throws IOException {
        Set<String> seen = stories()
                .map(pair -> pair.get(0))
                .filter(rule -> rule.startsWith("on="))
                .map(rule -> rule.replaceAll("on=([a-z-]+).*,do=([a-z-]+).*", "$1 $2"))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> all = new TreeSet<>();
        for (FaultPlace place : FaultPlace.values()) {
            for (FaultAct act : place.acts()) {
                all.add(place.wire() + " " + act.wire());
            }
        }
        assertThat(seen).containsExactlyElementsOf(all);
    }

    @Test
    void everyPresetIsSeen() throws IOException {
        List<String> rules = stories().map(pair -> pair.get(0)).toList();
        assertThat(Arrays.stream(FaultPreset.values()).map(FaultPreset::wire))
                .allSatisfy(preset -> assertThat(rules).anyMatch(rule -> rule.split("[, ]")[0].equals(preset)));
    }
}
