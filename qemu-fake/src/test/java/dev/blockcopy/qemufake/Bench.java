package dev.blockcopy.qemufake;

import dev.blockcopy.model.qmp.QmpEvent;
import dev.blockcopy.model.qmp.QmpMessage;
import dev.blockcopy.model.qmp.QmpReply;
import dev.blockcopy.model.qmp.QmpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** A core on a workbench: one disk, one target, every move by hand. */
final class Bench {
    static final long SIZE = 8 << 20;

    final MemoryFiles files = new MemoryFiles();
    final MemoryHost host = new MemoryHost(files);
    final List<QmpMessage> told = new ArrayList<>();
    QemuState state;

    Bench(String... faults) {
        this(Dialect.QEMU_7_2, faults);
    }

    Bench(Dialect dialect, String... faults) {
        host.create("src", SIZE);
        host.create("dst", SIZE);
        List<FaultRule> rules = List.of(faults).stream().map(FaultRule::parse).toList();
        state = new Setup(QemuState.start(0, 1, true, rules).as(dialect), host)
                .drive("drive0", "src0", "src", Driver.RAW, false)
                .blockdev(Map.of(
                        "driver", "raw",
                        "node-name", "dst0",
                        "file", Map.of("driver", "file", "filename", "dst")))
                .state();
        state = QemuCore.connected(state, 0);
        command("qmp_capabilities", Map.of());
        told.clear();
    }

    /** Carries out a command before anything else, and returns its reply. */
    QmpReply command(String name, Map<String, Object> arguments) {
        send(name, arguments);
        make(move -> move instanceof QemuMove.Execute
                || move instanceof QemuMove.Strike strike && strike.instead() instanceof QemuMove.Execute);
        return (QmpReply) told.stream()
                .filter(QmpReply.class::isInstance)
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    /** A command arrives; it is carried out when its move is made. */
    void send(String name, Map<String, Object> arguments) {
        state = QemuCore.received(state, 0, new QmpRequest(null, name, arguments), false);
    }

    void mirror(Map<String, Object> more) {
        Map<String, Object> arguments = Members.of("job-id", "j", "device", "drive0", "target", "dst0", "sync", "full");
        arguments.putAll(more);
        QmpReply reply = command("blockdev-mirror", arguments);
        if (reply instanceof QmpReply.Failure) {
            throw new AssertionError(reply);
        }
    }

    /** Makes the one move that is meant; it must be there. */
    void make(Predicate<QemuMove> wanted) {
        QemuMove move =
                QemuCore.moves(state).stream().filter(wanted).findFirst().orElseThrow();
        make(move);
    }

    void make(QemuMove move) {
        state = QemuCore.after(state, move, host.perform(QemuCore.work(state, move)));
        told.addAll(state.linesFor(0));
        state = QemuCore.fetched(state, 0);
    }

    void step(JobStep step) {
        make(new QemuMove.JobMove(step, "j"));
    }

    /** Makes moves until there is none. */
    void settle() {
        List<QemuMove> moves = QemuCore.moves(state);
        while (!moves.isEmpty()) {
            make(moves.get(0));
            moves = QemuCore.moves(state);
        }
    }

    void guestWrites(long offset, int value) {
        make(new QemuMove.GuestWrite("drive0", offset, Payload.pattern(value, 4096)));
    }

    List<String> events() {
        return told.stream()
                .filter(QmpEvent.class::isInstance)
                .map(QmpEvent.class::cast)
                .map(event -> event.name() + " " + event.data())
                .toList();
    }
}
