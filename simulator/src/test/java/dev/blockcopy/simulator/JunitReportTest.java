package dev.blockcopy.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** The report for machines that read reports of JUnit is one, by the schema and by what a reader counts. */
@Tag("once")
class JunitReportTest {
    private static final String STALE = "--variant=guest=running,evidence=concluded,journal=after-reply";

    @TempDir
    Path folder;

    private String report(String... question) throws IOException {
        Path file = folder.resolve("report.xml");
        String[] args = new String[question.length + 3];
        System.arraycopy(question, 0, args, 3, question.length);
        args[0] = "check";
        args[1] = "--requests=0";
        args[2] = "--junit-xml=" + file;
        PrintWriter nobody = new PrintWriter(new StringWriter());
        BlockcopySim.commandLine(nobody, nobody).execute(args);
        return Files.readString(file);
    }

    private static void validate(String xml) throws SAXException, IOException {
        SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(JunitReportTest.class.getResource("/junit-report.xsd"))
                .newValidator()
                .validate(new StreamSource(new StringReader(xml)));
    }

    private static void assertCounts(String xml, int tests, int failures, int skipped) throws Exception {
        validate(xml);
        Element suite = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(xml)))
                .getDocumentElement();
        assertThat(suite.getAttribute("tests")).isEqualTo("" + tests);
        assertThat(suite.getAttribute("failures")).isEqualTo("" + failures);
        assertThat(suite.getAttribute("skipped")).isEqualTo("" + skipped);
        assertThat(suite.getElementsByTagName("testcase").getLength()).isEqualTo(tests);
        assertThat(suite.getElementsByTagName("failure").getLength()).isEqualTo(failures);
        assertThat(suite.getElementsByTagName("skipped").getLength()).isEqualTo(skipped);
    }

    @Test
    void tellsWhatHolds() throws Exception {
        assertCounts(report("--faults=none", "--property=S1,S2,L1"), 3, 0, 0);
    }

    @Test
    void tellsWhatIsViolated() throws Exception {
        assertCounts(report(STALE, "--faults=mgr=1", "--property=S1,S3"), 2, 1, 0);
    }

    @Test
    void tellsWhatIsUnknown() throws Exception {
        assertCounts(report("--faults=none", "--max-states=10", "--property=S1,S2"), 2, 0, 2);
    }

    @Test
    void wouldBeNoneWithoutWhatReadersAskFor() throws IOException {
        String failed = report(STALE, "--faults=mgr=1", "--property=S1");
        for (String needed : new String[] {" type=\"violated\"", " errors=\"0\"", " name=\"S1\""}) {
            assertThat(failed).contains(needed);
            assertThatExceptionOfType(SAXException.class)
                    .as(needed)
                    .isThrownBy(() -> validate(failed.replace(needed, "")));
        }
        assertThatExceptionOfType(SAXException.class)
                .isThrownBy(() -> validate(failed.replaceFirst("(<testcase .*) time=\"[^\"]*\"", "$1")));
    }
}
