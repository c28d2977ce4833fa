package dev.blockcopy.qemufake.server;

import dev.blockcopy.model.qmp.QmpMessage;
import dev.blockcopy.model.qmp.QmpRequest;
import dev.blockcopy.qemufake.FaultRule;
import dev.blockcopy.qemufake.FaultStrike;
import dev.blockcopy.qemufake.FileUse;
import dev.blockcopy.qemufake.Host;
import dev.blockcopy.qemufake.QemuCore;
import dev.blockcopy.qemufake.QemuMove;
import dev.blockcopy.qemufake.QemuState;
import dev.blockcopy.qemufake.descriptors.ReceivedFile;
import dev.blockcopy.qemufake.journal.Journal;
import dev.blockcopy.qemufake.wire.RequestForm;
import dev.blockcopy.qemufake.wire.WireLine;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** A core with its host, its mover and its journal: takes bytes, makes moves, gives bytes. For one thread. */
final class Machine {
    private static final long LOOK_MICROS = 10_000;
    private static final byte[] NOTHING = new byte[0];
    /** Most lines are shorter. */
    private static final int LINE_CHARS = 256;

    private final Host host;
    private final Mover mover;
    private final Journal journal;
    private final MonitorInput[] inputs;
    private final long[] unsentBytes;
    private QemuState state;
    private Map<String, FileUse> files;
    /** The state of which {@link #files} and {@link #disks} are. */
    private QemuState settled;

    private int complaintsHeard;
    private Map<String, String> disks;
    private List<String> triggers;

    Machine(QemuState state, int monitors, Host host, Mover mover, Journal journal) {
        this.state = state;
        this.host = host;
        this.mover = mover;
        this.journal = journal;
        this.inputs = new MonitorInput[monitors];
        this.unsentBytes = new long[monitors];
        this.settled = state;
        this.files = state.files();
        this.disks = state.disks();
        this.triggers = state.faultFiles();
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

    /** A client has come. */
    void connect(int monitor) {
        inputs[monitor] = new MonitorInput();
        unsentBytes[monitor] = 0;
        note(monitor, "a client comes");
        lookForTriggers();
        state = QemuCore.connected(state, monitor);
        noteStrikes();
    }

    void disconnect(int monitor) {
        inputs[monitor] = null;
        note(monitor, state.isCut(monitor) ? "the connection is cut" : "the connection ends");
        if (host instanceof FileHost real) {
            real.descriptors().forgetWaiting();
        }
        state = QemuCore.disconnected(state, monitor);
    }

    /** Takes a client's bytes; what they mean is read as far as QEMU reads ahead. */
    void receive(int monitor, byte[] bytes, int length) {
        inputs[monitor].add(bytes, length);
        readAhead(monitor);
    }

    /** Open files have come along with the bytes that follow. */
    void receive(List<ReceivedFile> files) {
        if (host instanceof FileHost real) {
            real.descriptors().receive(files, real.openImages());
        }
    }

    /** Whether bytes wait until the commands before them are done; no more should be given then. */
    boolean isSatiated(int monitor) {
        return inputs[monitor] != null && inputs[monitor].isPending();
    }

    private void readAhead(int monitor) {
        MonitorInput input = inputs[monitor];
        while (input != null && input.isPending() && QemuCore.readsOn(state, monitor)) {
            input.read(value -> {
                journal.add(state.nowMicros(), Journal.Kind.RECEIVED, monitor, value.text());
                accept(monitor, RequestForm.of(value, QemuCore.isOobEnabled(state, monitor)));
            });
        }
    }

    private void accept(int monitor, RequestForm form) {
        state = form.complaint() == null
                ? QemuCore.received(
                        state, monitor, new QmpRequest(form.id(), form.execute(), form.arguments()), form.isOutOfBand())
                : QemuCore.receivedMalformed(state, monitor, form.id(), form.complaint(), form.isOutOfBand());
    }

    /** One fault more. */
    void inject(FaultRule rule) {
        state = QemuCore.with(state, rule);
        triggers = state.faultFiles();
    }

    /** All faults are over. */
    void resetFaults() {
        state = QemuCore.reset(state);
    }

    private void lookForTriggers() {
        if (!triggers.isEmpty()) {
            Set<String> there = triggers.stream()
                    .filter(file -> Files.exists(Path.of(file)))
                    .collect(Collectors.toSet());
            if (!there.equals(state.faultFilesThere())) {
                state = QemuCore.seen(state, there);
            }
        }
    }

    /** Whether there is a move to make at this time. */
    boolean hasMoves() {
        return !movesOfReaders().isEmpty();
    }

    /** Makes one move; false when there is none to make at this time. */
    boolean step() {
        lookForTriggers();
        List<QemuMove> moves = movesOfReaders();
        if (moves.isEmpty()) {
            return false;
        }
        make(mover.pick(moves));
        return true;
    }

    /** A command waits while its monitor's client leaves too much unread. */
    private List<QemuMove> movesOfReaders() {
        List<QemuMove> moves = QemuCore.moves(state);
        for (int i = 0; i < inputs.length; i++) {
            if (isClogged(i)) {
                int monitor = i;
                moves = moves.stream()
                        .filter(move -> !move.isCommandOf(monitor))
                        .toList();
            }
        }
        return moves;
    }

    private boolean isClogged(int monitor) {
        return unsentBytes[monitor] > Unread.COMMANDS_WAIT_BYTES || linesFor(monitor) > Unread.COMMANDS_WAIT_LINES;
    }

    /** How much of what was fetched is not yet with the client. */
    void unsent(int monitor, long bytes) {
        unsentBytes[monitor] = bytes;
    }

    /** How many lines there are to be fetched, now or when no fault holds them back any more. */
    int linesFor(int monitor) {
        return state.lineCountFor(monitor);
    }

    void make(QemuMove move) {
        state = QemuCore.after(state, move, host.perform(QemuCore.work(state, move)));
        noteStrikes();
        if (state.isDead()) {
            note(-1, "QEMU is dead");
        }
        if (state.isLockedUp()) {
            note(-1, "QEMU has locked itself up");
        }
        if (mayTouchGraph(move)) {
            settleFiles(move);
        }
        hearComplaints();
        for (int i = 0; i < inputs.length; i++) {
            readAhead(i);
        }
    }

    private void hearComplaints() {
        List<String> complaints = state.complaints();
        for (; complaintsHeard < complaints.size(); complaintsHeard++) {
            journal.add(state.nowMicros(), Journal.Kind.COMPLAINT, -1, complaints.get(complaintsHeard));
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

    /** What no client is told, and whoever reads the journal wants to know. */
    private void noteDisks() {
        Map<String, String> before = disks;
        disks = state.disks();
        disks.forEach((disk, file) -> {
            if (!file.equals(before.get(disk))) {
                note(-1, "the guest's disk " + disk + " is now " + file);
            }
        });
    }

    /** Something that no client is told. */
    void note(int monitor, String text) {
        journal.add(state.nowMicros(), Journal.Kind.NOTE, monitor, text);
    }

    private static boolean mayTouchGraph(QemuMove move) {
        return !(move instanceof QemuMove.GuestWrite)
                && !(move instanceof QemuMove.GuestFlush)
                && !(move instanceof QemuMove.JobMove of && !of.step().isPrompt());
    }

    private void settleFiles(QemuMove move) {
        boolean isChanged = !state.hasGraphOf(settled);
        if (isChanged) {
            settled = state;
            files = state.files();
            noteDisks();
        }
        if (isChanged || move instanceof QemuMove.Execute) {
            host.keepOnly(files);
        }
    }

    /** When something happens by itself. */
    OptionalLong nextMicros() {
        return QemuCore.wakesAtMicros(state);
    }

    /** The same, but that files on which faults depend are looked for from time to time. */
    OptionalLong wakesAtMicros() {
        OptionalLong wakes = nextMicros();
        long next = state.nowMicros() + LOOK_MICROS;
        return triggers.isEmpty() || wakes.isPresent() && wakes.getAsLong() < next ? wakes : OptionalLong.of(next);
    }

    /** The lines for a monitor's client as bytes; none while a fault holds them back. */
    byte[] fetch(int monitor) {
        if (linesFor(monitor) == 0 && !state.isEnding(monitor) || state.isHeld(monitor)) {
            return NOTHING;
        }
        List<QmpMessage> lines = state.linesFor(monitor);
        boolean isHalved = state.isHalved(monitor);
        state = QemuCore.fetched(state, monitor);
        StringBuilder sent = new StringBuilder(LINE_CHARS * lines.size());
        for (int i = 0; i < lines.size(); i++) {
            send(monitor, WireLine.of(lines.get(i)), isHalved && i == lines.size() - 1, sent);
        }
        return sent.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private void send(int monitor, String line, boolean isHalved, StringBuilder sent) {
        String half = line.substring(0, isHalved ? (line.length() + WireLine.ENDING.length()) / 2 : 0);
        journal.add(state.nowMicros(), Journal.Kind.SENT, monitor, isHalved ? half.stripTrailing() : line);
        sent.append(isHalved ? half : line).append(isHalved ? "" : WireLine.ENDING);
    }

    void close() {
        host.close();
    }
}
