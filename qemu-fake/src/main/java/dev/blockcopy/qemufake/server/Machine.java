package dev.blockcopy.qemufake.server;

import dev.blockcopy.model.qmp.QmpCodec;
import dev.blockcopy.model.qmp.QmpMessage;
import dev.blockcopy.model.qmp.QmpSyntaxException;
import dev.blockcopy.qemufake.FaultStrike;
import dev.blockcopy.qemufake.FileUse;
import dev.blockcopy.qemufake.Host;
import dev.blockcopy.qemufake.QemuCore;
import dev.blockcopy.qemufake.QemuMove;
import dev.blockcopy.qemufake.QemuState;
import dev.blockcopy.qemufake.journal.Journal;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** A core with its host, its mover and its journal: takes bytes, makes moves, gives bytes. For one thread. */
final class Machine {
    private final Host host;
    private final Mover mover;
    private final Journal journal;
    private final Framer[] framers;
    private QemuState state;
    private Map<String, FileUse> files;

    Machine(QemuState state, int monitors, Host host, Mover mover, Journal journal) {
        this.state = state;
        this.host = host;
        this.mover = mover;
        this.journal = journal;
        this.framers = new Framer[monitors];
        this.files = state.files();
        host.keepOnly(files);
    }

    QemuState state() {
        return state;
    }

    void at(long nowMicros) {
        if (nowMicros > state.nowMicros()) {
            state = QemuCore.at(state, nowMicros);
        }
    }

    /** A client has come; the bytes that greet it. */
    byte[] connect(int monitor) {
        framers[monitor] = new Framer();
        state = QemuCore.connected(state, monitor);
        return line(monitor, QemuCore.greeting(state), false);
    }

    void disconnect(int monitor) {
        framers[monitor] = null;
        state = QemuCore.connected(state, monitor);
    }

    void receive(int monitor, byte[] bytes, int length) {
        for (String text : framers[monitor].feed(bytes, length)) {
            journal.add(state.nowMicros(), Journal.Kind.RECEIVED, monitor, text);
            try {
                state = QemuCore.received(state, monitor, QmpCodec.decodeRequest(text));
            } catch (QmpSyntaxException e) {
                state = QemuCore.receivedMalformed(state, monitor, e.requestId(), e.getMessage());
            }
        }
    }

    /** Makes one move; false when there is none to make at this time. */
    boolean step() {
        List<QemuMove> moves = QemuCore.moves(state);
        if (moves.isEmpty()) {
            return false;
        }
        make(mover.pick(moves));
        return true;
    }

    void make(QemuMove move) {
        state = QemuCore.after(state, move, host.perform(QemuCore.work(state, move)));
        noteStrikes();
        if (mayTouchGraph(move)) {
            settleFiles(move);
        }
    }

    private void noteStrikes() {
        List<FaultStrike> struck = state.struck();
        if (!struck.isEmpty()) {
            struck.forEach(strike -> journal.add(
                    state.nowMicros(),
                    Journal.Kind.FAULT,
                    strike.monitor(),
                    strike.rule().text()));
            state = QemuCore.told(state);
        }
    }

    private static boolean mayTouchGraph(QemuMove move) {
        return !(move instanceof QemuMove.GuestWrite)
                && !(move instanceof QemuMove.JobMove of && !of.step().isPrompt());
    }

    private void settleFiles(QemuMove move) {
        Map<String, FileUse> now = state.files();
        if (!now.equals(files) || move instanceof QemuMove.Execute) {
            files = now;
            host.keepOnly(now);
        }
    }

    OptionalLong wakesAtMicros() {
        return QemuCore.wakesAtMicros(state);
    }

    /** The lines for a monitor's client as bytes; none while a fault holds them back. */
    byte[] fetch(int monitor) {
        List<QmpMessage> lines = state.linesFor(monitor);
        if (lines.isEmpty() && !state.isEnding(monitor) || state.isHeld(monitor)) {
            return new byte[0];
        }
        boolean isHalved = state.isHalved(monitor);
        state = QemuCore.fetched(state, monitor);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < lines.size(); i++) {
            bytes.writeBytes(line(monitor, lines.get(i), isHalved && i == lines.size() - 1));
        }
        return bytes.toByteArray();
    }

    private byte[] line(int monitor, QmpMessage message, boolean isHalved) {
        byte[] whole = QmpCodec.encode(message);
        byte[] bytes = isHalved ? Arrays.copyOf(whole, whole.length / 2) : whole;
        String text = new String(bytes, StandardCharsets.US_ASCII).stripTrailing();
        journal.add(state.nowMicros(), Journal.Kind.SENT, monitor, text);
        return bytes;
    }

    void close() {
        host.close();
    }
}
