package dev.blockcopy.model.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.model.Guard;
import dev.blockcopy.model.Printing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The page about the life cycle is the one that the table makes. */
class LifecycleDocumentTest {
    private static final Path PAGE = Path.of("..", "docs", "lifecycle.md");

    @Test
    void isThePageInTheDocuments() throws IOException {
        String page = LifecycleDocument.of(Lifecycle.TABLE);
        if (Boolean.getBoolean("lifecycle.rewrite")) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, page);
        }
        assertThat(Files.exists(PAGE) ? Files.readString(PAGE) : "no page")
                .as("the table has changed: write docs/lifecycle.md anew with"
                        + " ./mvnw -pl model test -Dtest=LifecycleDocumentTest -Dlifecycle.rewrite=true")
                .isEqualTo(page);
    }

    @Test
    void namesEveryStateEveryTriggerAndEveryEffect() {
        String page = LifecycleDocument.of(Lifecycle.TABLE);
        for (JobState state : JobState.values()) {
            assertThat(page)
                    .contains("| `" + state + "` | " + state.kind().name().toLowerCase(Locale.ROOT));
        }
        for (Trigger trigger : Trigger.values()) {
            assertThat(page).contains("| `" + trigger + "` | ");
        }
        for (CopyEffect effect : CopyEffect.values()) {
            assertThat(page).contains("| `" + effect + "` | " + effect.meaning());
        }
    }

    @Test
    void showsEveryRowInTheSectionOfItsState() {
        String page = LifecycleDocument.of(Lifecycle.TABLE);
        for (Cell.Row row : Lifecycle.TABLE.rows()) {
            String section = page.split("### " + row.from() + "\n")[1].split("### ")[0];
            String when = row.when().equals(Guard.ALWAYS) ? "" : Printing.of(row.when());
            assertThat(section)
                    .contains("| `%s` | %s | `%s` | ".formatted(row.on(), when, row.to()))
                    .contains("| " + row.because() + " |");
        }
    }
}
