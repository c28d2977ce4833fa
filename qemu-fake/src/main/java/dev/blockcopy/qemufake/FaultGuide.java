package dev.blockcopy.qemufake;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What can be said of faults, from the code: for {@code --fault help} and for the page about it. */
public final class FaultGuide {
    private FaultGuide() {}

    /** For a terminal. */
    public static String text() {
        StringBuilder text =
                new StringBuilder("A fault is a preset, a rule KEY=VALUE,..., or a file of rules (.json, .yaml).\n");
        text.append("\nPresets (add ,KEY=VALUE to say more, like refused-pivot,nth=2):\n");
        for (FaultPreset preset : FaultPreset.values()) {
            line(text, preset.wire(), preset.meaning());
        }
        text.append("\nWhere, on=:\n");
        for (FaultPlace place : FaultPlace.values()) {
            line(text, place.wire(), place.meaning());
        }
        text.append("\nWhat, do=:\n");
        for (FaultAct act : FaultAct.values()) {
            line(text, act.wire(), act.meaning());
        }
        text.append("\nKeys:\n");
        for (FaultKey key : FaultKey.values()) {
            line(text, key.wire(), key.meaning());
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String name, String meaning) {
        text.append(String.format("  %-33s %s%n", name, meaning));
    }

    /** The same as tables in Markdown, each preset with its rules. */
    public static String markdown() {
        StringBuilder page = new StringBuilder(
                "### Presets\n\n| preset | what goes wrong | a good client | its rules |\n|---|---|---|---|\n");
        for (FaultPreset preset : FaultPreset.values()) {
            row(
                    page,
                    "`" + preset.wire() + "`",
                    preset.meaning(),
                    preset.goodClient(),
                    "`" + String.join("` `", preset.lines()) + "`");
        }
        page.append("\n### Where\n\n| `on=` | strikes | takes `do=` |\n|---|---|---|\n");
        for (FaultPlace place : FaultPlace.values()) {
            row(page, "`" + place.wire() + "`", place.meaning(), acts(place));
        }
        page.append("\n### What\n\n| `do=` | what happens | says more with |\n|---|---|---|\n");
        for (FaultAct act : FaultAct.values()) {
            row(page, "`" + act.wire() + "`", act.meaning(), keys(act));
        }
        page.append("\n### Keys\n\n| key | meaning | else |\n|---|---|---|\n");
        for (FaultKey key : FaultKey.values()) {
            row(page, "`" + key.wire() + "`", key.meaning(), otherwise(key));
        }
        return page.toString();
    }

    private static void row(StringBuilder page, String... cells) {
        page.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    private static String acts(FaultPlace place) {
        return place.acts().stream().sorted().map(act -> "`" + act.wire() + "`").collect(Collectors.joining(" "));
    }

    private static String keys(FaultAct act) {
        return Arrays.stream(FaultKey.values())
                .filter(act.keys()::contains)
                .map(key -> "`" + key.wire() + "`" + (act.requires(key) ? ", must" : ""))
                .collect(Collectors.joining(" "));
    }

    private static String otherwise(FaultKey key) {
        boolean isNothing = key.otherwise() == null || key.otherwise().equals(-1L) || key == FaultKey.NAME;
        return isNothing ? "" : "`" + FaultKey.write(key.otherwise()) + "`";
    }
}
