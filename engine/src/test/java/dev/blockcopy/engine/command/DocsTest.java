package dev.blockcopy.engine.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.engine.command.Shape.Member;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** The pages that are made from the code; {@code -Dcli.rewrite=true} writes them anew. */
class DocsTest {
    private static final Path DOCS = Path.of("..", "docs");

    @Test
    void cliPageIsTheHelpOfTheCommands() throws IOException {
        isOrBecomes(DOCS.resolve("cli.md"), cli());
    }

    @Test
    void jsonPageListsEveryMember() throws IOException {
        isOrBecomes(DOCS.resolve("json.md"), json());
    }

    private static void isOrBecomes(Path page, String text) throws IOException {
        if (Boolean.getBoolean("cli.rewrite")) {
            Files.createDirectories(page.getParent());
            Files.writeString(page, text);
        }
        assertThat(page)
                .as("run the tests with -Dcli.rewrite=true to write it anew")
                .hasContent(text);
    }

    private static String cli() {
        StringWriter nowhere = new StringWriter();
        CommandLine blockcopy = Blockcopy.commandLine(new Surroundings(
                new PrintWriter(nowhere),
                new PrintWriter(nowhere),
                false,
                false,
                (store, mayMake) -> null,
                () -> 0,
                () -> false));
        StringBuilder page = new StringBuilder("""
                # The command `blockcopy`

                After reading this page you know every command and option. It is made from the help of the commands
                (`blockcopy COMMAND --help`); the JSON documents are on [a page of their own](json.md).

                """);
        section(page, blockcopy);
        blockcopy.getSubcommands().values().forEach(command -> section(page, command));
        return page.toString().stripTrailing() + "\n";
    }

    private static void section(StringBuilder page, CommandLine command) {
        page.append("## ").append(command.getCommandSpec().qualifiedName()).append("\n\n```text\n");
        page.append(command.getUsageMessage(Ansi.OFF).stripTrailing()).append("\n```\n\n");
    }

    private static String json() {
        StringBuilder page = new StringBuilder("""
                # The JSON documents of `blockcopy --json`

                After reading this page you can parse what any command prints. With `--json` standard output carries one
                document and nothing else, also when the command is refused. Every document has these members:

                | member | type | meaning |
                |---|---|---|
                | `schema` | string | always `blockcopy/1`; members may be added under this name, never changed or taken away |
                | `command` | string | the command that wrote it |
                | `exitCode` | number | the exit code of the process |

                and then its own:

                | command | member | type |
                |---|---|---|
                | `copy`, `pivot`, `abort`, `resolve`, `status` | `job` | [job](#job) |
                | `status` | `journal` | array of [step](#step), the oldest first |
                | `jobs`, `watch`, `recover` | `jobs` | array of [job](#job), the oldest first |
                | `probe` | `probe` | [probe](#probe) |
                | `authority` | `authority` | [authority](#authority) |
                | any that was refused or interrupted | `error` | string: one line, for people |

                Every object has all of its members, always. Sizes are bytes.

                """);
        Documents.SHAPES.forEach(shape -> section(page, shape));
        return page.toString().stripTrailing() + "\n";
    }

    private static void section(StringBuilder page, Shape<?> shape) {
        page.append("## ").append(shape.name()).append("\n\n| member | type | meaning |\n|---|---|---|\n");
        for (Member<?> member : shape.members()) {
            page.append(String.format("| `%s` | %s | %s |%n", member.name(), member.type(), member.meaning()));
        }
        page.append('\n');
    }
}
