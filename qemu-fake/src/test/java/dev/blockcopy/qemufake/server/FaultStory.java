package dev.blockcopy.qemufake.server;

import dev.blockcopy.model.qmp.Greeting;
import dev.blockcopy.model.qmp.QmpCodec;
import dev.blockcopy.model.qmp.QmpEvent;
import dev.blockcopy.model.qmp.QmpMessage;
import dev.blockcopy.model.qmp.QmpReply;
import dev.blockcopy.model.qmp.QmpSyntaxException;
import dev.blockcopy.qemufake.Dialect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One whole copy with faults, through the bytes of a monitor, told in words: {@code hello} is the greeting, {@code ok} and {@code error} are replies, a
 * status is a JOB_STATUS_CHANGE, {@code half} a line that is none, {@code cut} and {@code dead} what became of the
 * connection and of QEMU, {@code 3xok} the same thrice; after {@code |} comes the next command, and last what a new client finds.
 */
final class FaultStory {
    static final List<String> COMMANDS = List.of(
            "{'execute': 'blockdev-add', 'arguments': {'driver': 'raw', 'node-name': 'dst0',"
                    + " 'file': {'driver': 'file', 'filename': 'dst'}}}",
            "{'execute': 'blockdev-mirror', 'arguments': {'job-id': 'j', 'device': 'drive0', 'target': 'dst0',"
                    + " 'sync': 'full', 'auto-dismiss': false}}",
            "{'execute': 'query-status'}",
            "{'execute': 'job-complete', 'arguments': {'id': 'j'}}");
    private static final List<String> COMMANDS_OF_2012 = List.of(
            "{'execute': 'drive-mirror', 'arguments': {'device': 'drive0', 'target': 'dst', 'mode': 'existing',"
                    + " 'full': true}}",
            "{'execute': 'getfd', 'arguments': {'fdname': 'w'}}",
            "{'execute': 'drive-reopen', 'arguments': {'device': 'drive0', 'new-image-file': 'dst',"
                    + " 'witness': 'w'}}");
    private static final String HELLO = "{\"execute\": \"qmp_capabilities\"}";

    private static final String OF_2012 = Dialect.PROPOSAL_2012.wire();

    private final InProcessQemu qemu;
    private final boolean isOf2012;
    private final StringBuilder told = new StringBuilder();

    private FaultStory(InProcessQemu qemu) {
        this.qemu = qemu;
        this.isOf2012 = qemu.state().dialect() == Dialect.PROPOSAL_2012;
    }

    /**
     * The story of a copy of two MiB under these rules, which may name the dialect of 2012 too; and what the journal
     * says of faults after {@code ***}.
     */
    static String of(String... rules) {
        FakeQemuBuilder builder = FakeQemu.builder().drive("drive0", 2 << 20).image("dst", 2 << 20);
        for (String rule : rules) {
            if (rule.equals(OF_2012)) {
                builder.dialect(Dialect.PROPOSAL_2012);
            } else {
                builder.fault(rule);
                builder.guest(isOfGuest(rule) ? 1 : 0);
            }
        }
        try (InProcessQemu qemu = builder.inProcess()) {
            FaultStory story = new FaultStory(qemu);
            story.tell();
            return story.told + " *** " + qemu.journal().faults().size();
        }
    }

    private static boolean isOfGuest(String rule) {
        return rule.startsWith("on=guest") || rule.startsWith("guest");
    }

    private void tell() {
        connect();
        qemu.memory().receiveDescriptor("witness");
        for (String command : isOf2012 ? COMMANDS_OF_2012 : COMMANDS) {
            told.append(" | ");
            send(command.replace('\'', '"'));
        }
        told.append(" || ");
        if (!qemu.state().isDead()) {
            connect();
            send("{\"execute\": \"" + (isOf2012 ? "query-block-jobs" : "query-jobs") + "\"}");
        }
        told.append(' ')
                .append(qemu.state().run().wire())
                .append(" on ")
                .append(qemu.state().fileInUse("drive0").orElse("nothing"))
                .append(isOf2012 ? ", witness " + qemu.memory().bytesIn("witness") : "");
    }

    private void connect() {
        qemu.disconnect();
        qemu.connect();
        listen();
        told.append(' ');
        send(HELLO);
    }

    private void send(String line) {
        if (qemu.isCut() || qemu.state().isDead()) {
            told.append("-");
            return;
        }
        qemu.send(line);
        qemu.run();
        listen();
        qemu.advance(Duration.ofSeconds(10));
        String late = words(qemu.receive());
        told.append(late.isEmpty() ? "" : " late " + late);
    }

    private void listen() {
        told.append(words(qemu.receive()));
        told.append(qemu.isCut() ? " cut" : "").append(qemu.state().isDead() ? " dead" : "");
    }

    private static String words(String lines) {
        List<String> words = lines.lines().map(FaultStory::word).toList();
        StringBuilder counted = new StringBuilder();
        for (int i = 0; i < words.size(); i++) {
            int first = i;
            while (i + 1 < words.size() && words.get(i + 1).equals(words.get(first))) {
                i++;
            }
            String times = i == first ? "" : i + 1 - first + "x";
            counted.append(counted.isEmpty() ? "" : " ").append(times).append(words.get(first));
        }
        return counted.toString();
    }

    private static String word(String line) {
        try {
            return word(QmpCodec.decode(line));
        } catch (QmpSyntaxException e) {
            return "half";
        }
    }

    private static String word(QmpMessage message) {
        if (message instanceof QmpEvent event) {
            Object error = event.data().get("error");
            Object status = event.data().getOrDefault("status", event.name().replace("BLOCK_JOB_", ""));
            return error == null ? status.toString() : status + "(" + error + ")";
        }
        if (message instanceof QmpReply.Success success) {
            return success.value() instanceof List<?> jobs ? jobs(jobs) : "ok";
        }
        return message instanceof Greeting ? "hello" : "error";
    }

    /** Jobs had no status then. */
    private static boolean isOf2012(Object job) {
        return !((Map<?, ?>) job).containsKey("status");
    }

    private static String jobs(List<?> jobs) {
        List<String> words = new ArrayList<>();
        jobs.forEach(job -> words.add(String.valueOf(((Map<?, ?>) job).get(isOf2012(job) ? "device" : "status"))));
        return words.toString();
    }
}
