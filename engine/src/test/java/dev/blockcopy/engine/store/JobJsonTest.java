package dev.blockcopy.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.blockcopy.engine.Findings;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The text of format 5, which stays readable for ever. */
class JobJsonTest {
    private static final String SPEC = """
            {"id":"copy-1","nonce":"0123456789ab","monitor":"/run/vm/qmp.sock","disk":"vda",\
            "backend":{"device":"","qdev":"/machine/peripheral/vda/virtio-backend"},\
            "source":{"nodeName":"#block123","file":"/images/vda.qcow2","format":"qcow2",\
            "virtualSizeBytes":1099511627776,"chain":["/images/vda.qcow2","/images/base \\"one\\".raw"],\
            "backingNodeName":"#block007"},\
            "destination":{"path":"/images/b\\u00FCx.qcow2","format":"QCOW2","isBlockDevice":false,\
            "backingFile":"/b.raw","backingFormat":"raw"},\
            "options":{"shallow":true,"synchronousWrites":false,"speedBytesPerSecond":-1,"granularityBytes":65536,\
            "bufSizeBytes":-1,"maxPauseMillis":10000},"dialect":"JOB_API"}""";
    private static final String FINDINGS = """
            {"madeFile":"2049:77","error":"no\\n\\"room\\"","leftOver":["a node"],"runStateBefore":"running",\
            "pauseNanos":1,"pivotNanos":2,"witnessBoot":"boot","qemuSocket":"1:2:3","onTop":"/i/o.qcow2"}""";

    @Test
    void aSpecIsWrittenInFormatFive() throws JobJson.Unreadable {
        assertThat(JobJson.spec(SPEC)).isEqualTo(Samples.spec("copy-1"));
        assertThat(JobJson.spec(JobJson.write(Samples.spec("copy-1")))).isEqualTo(Samples.spec("copy-1"));
        assertThat(JobJson.write(Samples.spec("copy-1"))).isEqualTo(SPEC);
    }

    @Test
    void findingsAreWrittenInFormatFive() throws JobJson.Unreadable {
        Findings findings = new Findings(
                "2049:77", "no\n\"room\"", List.of("a node"), "running", 1, 2, "boot", "1:2:3", "/i/o.qcow2");
        assertThat(JobJson.write(findings)).isEqualTo(FINDINGS);
        assertThat(JobJson.findings(FINDINGS)).isEqualTo(findings);
    }

    @Test
    void whatLacksOrIsUnknownIsNotGuessed() {
        assertUnreadable(FINDINGS.replace("\"error\"", "\"fault\""));
        assertUnreadable(FINDINGS.replace("\"pauseNanos\":1,", ""));
        assertUnreadable(FINDINGS.replace("\"running\"", "null"));
        assertUnreadable(FINDINGS.substring(1));
        assertUnreadable(FINDINGS + "}");
        assertUnreadable("");
    }

    private static void assertUnreadable(String text) {
        assertThatExceptionOfType(JobJson.Unreadable.class)
                .as(text)
                .isThrownBy(() -> JobJson.findings(text))
                .withMessageNotContaining("\n");
    }
}
