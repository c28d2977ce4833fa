package dev.blockcopy.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the front page shows can be pasted. */
class ReadmeTest {
    private static final Pattern PROGRAM = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final String AROUND = """
            import dev.blockcopy.engine.*;
            import dev.blockcopy.engine.image.ImageFormat;
            import dev.blockcopy.engine.standard.StandardEngine;
            import dev.blockcopy.model.lifecycle.Facts.Wish;
            import java.nio.file.Path;
            import java.time.Duration;

            class Program {
                void run() throws Exception {
                    %s
                }
            }
            """;

    @TempDir
    private Path dir;

    @Test
    void showsAProgramThatCompiles() throws IOException {
        Matcher program = PROGRAM.matcher(Sources.text(Sources.root().resolve("README.md")));
        assertThat(program.find()).isTrue();
        StringWriter complaints = new StringWriter();
        List<String> options =
                List.of("-proc:none", "-classpath", System.getProperty("java.class.path"), "-d", dir.toString());
        boolean isCompiled = ToolProvider.getSystemJavaCompiler()
                .getTask(complaints, null, null, options, null, List.of(source(AROUND.formatted(program.group(1)))))
                .call();
        assertThat(isCompiled).as(complaints.toString()).isTrue();
    }

    private static JavaFileObject source(String text) {
        return new SimpleJavaFileObject(URI.create("string:///Program.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
    }
}
