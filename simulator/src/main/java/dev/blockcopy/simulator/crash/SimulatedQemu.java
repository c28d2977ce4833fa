package dev.blockcopy.simulator.crash;

import dev.blockcopy.engine.LaneInHand;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.qmp.QmpCodec;
import dev.blockcopy.model.qmp.QmpMessage;
import dev.blockcopy.model.qmp.QmpReply;
import dev.blockcopy.model.qmp.QmpSyntaxException;
import dev.blockcopy.model.qmp.RunState;
import dev.blockcopy.qemufake.Driver;
import dev.blockcopy.qemufake.FaultRule;
import dev.blockcopy.qemufake.MemoryFiles;
import dev.blockcopy.qemufake.QemuMove;
import dev.blockcopy.qemufake.server.FakeQemu;
import dev.blockcopy.qemufake.server.FakeQemuBuilder;
import dev.blockcopy.qemufake.server.GuestRecord;
import dev.blockcopy.qemufake.server.InProcessQemu;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/**
 * The fake QEMU, and perhaps another one after it, its guest, and the wire to it. What QEMU says is heard in the order in which it was said, later by chance;
 * what was not heard when the connection goes may be lost.
 */
final class SimulatedQemu implements LaneInHand.Wire {
    static final String DRIVE = "drive0";
    static final String NODE = "disk0";

    private static final int STALE_ONE_IN = 20;
    private static final byte[] QCOW2 = {'Q', 'F', 'I', (byte) 0xfb};

    private final Scene scene;
    private final MemoryFiles files;
    private final InProcessQemu first;
    private InProcessQemu qemu;
    private final SplittableRandom random;
    private final Fate fate;
    private final Story story;
    private final Deque<String> lines = new ArrayDeque<>();
    private final Deque<String> negotiation = new ArrayDeque<>();
    private String stale;
    private boolean isAlive = true;
    private boolean isUp;
    private boolean isEnding;
    private boolean isAnotherStartedRunning;

    SimulatedQemu(Scene scene, MemoryFiles files, String source, SplittableRandom random, Fate fate, Story story) {
        this.scene = scene;
        this.files = files;
        this.random = random;
        this.fate = fate;
        this.story = story;
        FakeQemuBuilder builder = FakeQemu.builder().files(files).dialect(scene.dialect());
        scene.faults().forEach(rule -> builder.fault(FaultRule.parse(rule)));
        String node = scene.isJobApi() ? NODE : null;
        first = builder.drive(DRIVE, node, source, Driver.RAW, false).guest(1).inProcess();
        qemu = first;
    }

    /**
     * Another QEMU takes the socket of the one that is dead, unless there is no such image, or none that it can open any
     * more; its guest writes nothing.
     */
    void startAnother(String image, boolean isRunning) {
        boolean isQcow2 = image.equals(World.DESTINATION) && scene.destination() == Facts.Destination.NEW_QCOW2;
        if (!files.has(image) || isQcow2 && !isQcow2(image)) {
            return;
        }
        story.tell("  (another QEMU is started on " + image + ")");
        FakeQemuBuilder builder = FakeQemu.builder()
                .files(files)
                .dialect(scene.dialect())
                .drive(DRIVE, NODE, image, isQcow2 ? Driver.QCOW2 : Driver.RAW, false);
        qemu = (isRunning ? builder : builder.stopped()).inProcess();
        isAnotherStartedRunning = isRunning;
        isAlive = true;
    }

    private boolean isQcow2(String image) {
        return Arrays.equals(files.read(image, 0, QCOW2.length), QCOW2);
    }

    // ---- the wire, as the lane uses it

    @Override
    public boolean connect() {
        if (!isAlive) {
            return false;
        }
        hangUp();
        story.tell("  (a session begins)");
        qemu.connect();
        isUp = true;
        negotiation.add(qemu.receive().stripTrailing());
        return true;
    }

    private void hangUp() {
        stale = lines.isEmpty() ? stale : lines.peekLast();
        lines.clear();
        negotiation.clear();
        isUp = false;
        isEnding = false;
        if (isAlive) {
            qemu.disconnect();
        }
    }

    @Override
    public Optional<String> negotiated() {
        Optional<String> line = Optional.ofNullable(negotiation.poll());
        isUp &= line.isPresent();
        return line;
    }

    @Override
    public void attach(Path file) {
        fate.instant(() -> "handing over the witness");
        if (isUp && !isEnding) {
            qemu.memory().receiveDescriptor(file.toString());
        }
    }

    @Override
    public void write(String line) {
        fate.instant(() -> "sending a line");
        if (!isUp || isEnding) {
            return;
        }
        if (line.contains("qmp_capabilities")) {
            qemu.send(line + "\n");
            qemu.make(new QemuMove.Execute(0));
            addStale();
            negotiation.add(qemu.receive().stripTrailing());
        } else {
            if (story.isTold()) {
                story.tell("> " + line);
            }
            qemu.send(line + "\n");
        }
    }

    /** A reply to a session of old can come first on the next one: seen on a real QEMU. */
    private void addStale() {
        if (stale != null && random.nextInt(STALE_ONE_IN) == 0) {
            story.tell("  (a reply to an older session comes first) " + stale);
            negotiation.add(stale);
            stale = null;
        }
    }

    @Override
    public void close() {
        hangUp();
    }

    // ---- what chance has happen

    boolean isAlive() {
        return isAlive;
    }

    /** What QEMU may do next. */
    List<QemuMove> moves() {
        return isAlive ? qemu.moves() : List.of();
    }

    void make(QemuMove move) {
        qemu.make(move);
        if (story.isTold()) {
            story.tell("    QEMU: " + move);
        }
        collect();
    }

    private void collect() {
        String text = qemu.receive();
        if (isUp && !isEnding && !text.isEmpty()) {
            text.lines().forEach(lines::add);
        }
        if (qemu.state().isDead()) {
            kill();
        } else if (isUp && qemu.isCut()) {
            isEnding = true;
        }
    }

    /** The connection goes, and with it what QEMU had not read. */
    void cut() {
        if (isUp && !isEnding && isAlive) {
            story.tell("  (the connection is cut)");
            qemu.disconnect();
            end();
        }
    }

    private void end() {
        isEnding = true;
        if (random.nextBoolean()) {
            lines.clear();
        }
    }

    /** QEMU is killed, if it lives. */
    void kill() {
        if (isAlive) {
            story.tell("  (QEMU is dead)");
            qemu.close();
            isAlive = false;
            end();
        }
    }

    boolean hasLine() {
        return !lines.isEmpty();
    }

    /** Whether nothing is left to be heard but that the session is over. */
    boolean hasEnded() {
        return isUp && isEnding && lines.isEmpty();
    }

    String nextLine() {
        String line = lines.remove();
        if (story.isTold()) {
            story.tell("< " + line);
        }
        return line;
    }

    boolean admitsGuest() {
        return isAlive && !isAnother() && qemu.admitsGuest();
    }

    void guestWrites() {
        qemu.guestWrites();
        if (story.isTold()) {
            int count = qemu.guest().acknowledged().size();
            story.tell("    the guest has written " + count + " records, to " + fileInUse());
        }
        collect();
    }

    void guestFlushes() {
        qemu.guestFlushes();
        story.tell("    the guest has flushed");
        collect();
    }

    long nowMicros() {
        return qemu.state().nowMicros();
    }

    OptionalLong wakesAtMicros() {
        return isAlive ? qemu.wakesAtMicros() : OptionalLong.empty();
    }

    void pass(long micros) {
        if (isAlive) {
            qemu.pass(micros);
        }
    }

    // ---- how it stands

    boolean isOpen(String file) {
        return qemu.memory().isOpen(file);
    }

    /** Whether it is one that was started after the first. */
    boolean isAnother() {
        return qemu != first;
    }

    boolean isAnotherStartedRunning() {
        return isAnotherStartedRunning;
    }

    /** Whether somebody is connected. */
    boolean isUp() {
        return isUp && !isEnding;
    }

    boolean isGuestRunning() {
        return isAlive && qemu.state().run() == RunState.RUNNING;
    }

    String fileInUse() {
        return qemu.state().fileInUse(DRIVE).orElse("");
    }

    List<GuestRecord> acknowledged() {
        return first.guest().acknowledged();
    }

    List<GuestRecord> flushed() {
        return first.guest().flushed();
    }

    /** Somebody who is not a lane begins to ask. */
    void beginInquiry() {
        hangUp();
        qemu.connect();
        carryOut("qmp_capabilities");
    }

    /** The value of a query; empty if QEMU is dead, or does not know it. */
    Optional<Object> ask(String query) {
        return isAlive && reply(carryOut(query)) instanceof QmpReply.Success success
                ? Optional.of(success.value())
                : Optional.empty();
    }

    private String carryOut(String query) {
        qemu.receive();
        qemu.send("{\"execute\": \"" + query + "\"}\n");
        qemu.make(new QemuMove.Execute(0));
        return qemu.receive().stripTrailing();
    }

    private static QmpMessage reply(String line) {
        try {
            return QmpCodec.decode(line);
        } catch (QmpSyntaxException e) {
            throw new IllegalStateException("the fake says " + line, e);
        }
    }
}
