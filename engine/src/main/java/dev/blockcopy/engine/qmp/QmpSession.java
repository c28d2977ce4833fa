package dev.blockcopy.engine.qmp;

import dev.blockcopy.model.qmp.Greeting;
import dev.blockcopy.model.qmp.QmpCodec;
import dev.blockcopy.model.qmp.QmpCommand;
import dev.blockcopy.model.qmp.QmpEvent;
import dev.blockcopy.model.qmp.QmpMessage;
import dev.blockcopy.model.qmp.QmpReply;
import dev.blockcopy.model.qmp.QmpRequest;
import dev.blockcopy.model.qmp.QmpSyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The protocol of one connection, from the greeting to the end: bytes and the time go in, inputs and bytes come out.
 *
 * <p>It has no socket, clock or thread, so that a simulation can drive it. Times are in nanoseconds of any one clock that
 * does not go back. Not for use by several threads at once.
 *
 * <p>The caller's duties: {@link #received} for all bytes in their order, {@link #elapsed} at the latest when {@link
 * #nanosLeft} have gone by, {@link #outgoing} to be written, {@link #ended} at the end of the stream.
 */
public final class QmpSession {

    private static final Logger LOG = LoggerFactory.getLogger(QmpSession.class);
    private static final Logger ANY_WIRE = LoggerFactory.getLogger("dev.blockcopy.qmp.wire");
    private static final int SHOWN_CHARACTERS_MAX = 80;
    private static final int PROBE_FRACTION = 4;

    /** What QEMU waits for: the brace that closes the object, and the end of the line. */
    private static final int END_BYTES = 3;
    /** Closes nothing, so no parser of JSON takes what stands before it for a command. */
    private static final byte[] STRAY = {']', '\n'};

    /** A command that may be said soon. */
    private record Anticipated(String id, QmpCommand command, byte[] line) {
        ByteBuffer beginning() {
            return ByteBuffer.wrap(line, 0, line.length - END_BYTES);
        }

        ByteBuffer end() {
            return ByteBuffer.wrap(line, line.length - END_BYTES, END_BYTES);
        }
    }

    private enum Phase {
        GREETING,
        NEGOTIATING,
        OPEN,
        ENDED
    }

    private final String address;
    private final String idPrefix;
    private final QmpLimits limits;
    private final Logger wire;
    private final LineBuffer lines;
    private final PendingRequests pending = new PendingRequests();
    private final Deque<ByteBuffer> outgoing = new ArrayDeque<>();
    private final long openDeadlineNanos;

    private Phase phase = Phase.GREETING;
    private Greeting greeting;
    private QmpException.Monitor failure;
    private long lastHeardNanos;
    private String probeId;
    private long probedNanos;
    private String overflow;
    private long idsGiven;
    /** A command of which all but the end is said; {@code null} if none is. */
    private Anticipated anticipated;

    private int abandoned;

    /**
     * Begins a session on a fresh connection.
     *
     * @param address where the monitor is, for messages
     * @param idPrefix unlike that of any other session of any process
     */
    public QmpSession(String address, String idPrefix, QmpLimits limits, long nowNanos) {
        this(address, idPrefix, limits, nowNanos, ANY_WIRE);
    }

    /**
     * As the other, where the lines are not those of any QEMU.
     *
     * @param wire is told them
     */
    public QmpSession(String address, String idPrefix, QmpLimits limits, long nowNanos, Logger wire) {
        this.wire = wire;
        this.address = address;
        this.idPrefix = idPrefix;
        this.limits = limits;
        this.lines = new LineBuffer(limits.lineBytesMax());
        this.openDeadlineNanos = nowNanos + nanos(limits.openMillis());
        this.lastHeardNanos = nowNanos;
    }

    /** Whether the negotiation is done and the connection stands. */
    public boolean isOpen() {
        return phase == Phase.OPEN;
    }

    /** What QEMU said first; {@code null} before it. */
    public Greeting greeting() {
        return greeting;
    }

    /** Why the session has ended; {@code null} before it. */
    public QmpException.Monitor failure() {
        return failure;
    }

    /**
     * Says a command, and returns its id. On an ended session nothing is said, and the command remains without reply.
     *
     * @throws IllegalStateException before the session is open
     */
    public String send(QmpCommand command, long replyMillis, long nowNanos) {
        if (phase == Phase.GREETING || phase == Phase.NEGOTIATING) {
            throw new IllegalStateException("not negotiated yet");
        }
        return phase == Phase.ENDED ? nextId() : request(command, nanos(replyMillis), nowNanos);
    }

    /** Takes bytes from QEMU, of whatever length. */
    public List<QmpInput> received(ByteBuffer bytes, long nowNanos) {
        List<QmpInput> inputs = new ArrayList<>();
        lastHeardNanos = bytes.hasRemaining() ? nowNanos : lastHeardNanos;
        try {
            String line = lines.next(bytes);
            while (line != null && phase != Phase.ENDED) {
                heard(line, nowNanos, inputs);
                line = lines.next(bytes);
            }
        } catch (LineBuffer.LineTooLongException e) {
            lose(new QmpException.NotQmp(address + ": " + e.getMessage()), inputs);
        }
        return inputs;
    }

    /** Takes the time. */
    public List<QmpInput> elapsed(long nowNanos) {
        List<QmpInput> inputs = new ArrayList<>();
        if (phase == Phase.OPEN) {
            for (PendingRequests.Pending late : pending.overdue(nowNanos)) {
                inputs.add(new QmpInput.TimedOut(late.id, late.command));
            }
            listen(nowNanos, inputs);
        } else if (phase != Phase.ENDED && nowNanos - openDeadlineNanos >= 0) {
            lose(notOpened(), inputs);
        }
        return inputs;
    }

    /** Takes the end of the stream, or of our patience with it; anything later is ignored. */
    public List<QmpInput> ended(String why) {
        List<QmpInput> inputs = new ArrayList<>();
        String half = lines.length() > 0 ? ", after half a line of " + lines.length() + " bytes" : "";
        lose(new QmpException.Lost(address + ": " + why + half), inputs);
        return inputs;
    }

    /** How long until {@link #elapsed} has something to do, 0 or less if at once. */
    public long nanosLeft(long nowNanos) {
        if (phase == Phase.OPEN) {
            return overflow != null ? 0 : pending.nanosLeft(nowNanos, patienceNanos() - quietNanos(nowNanos));
        }
        return phase == Phase.ENDED ? Long.MAX_VALUE : openDeadlineNanos - nowNanos;
    }

    /** The next bytes to be written, which moves their position on; {@code null} if there are none. */
    public ByteBuffer outgoing() {
        while (!outgoing.isEmpty() && !outgoing.peek().hasRemaining()) {
            outgoing.remove();
        }
        return outgoing.peek();
    }

    /**
     * Says all of a command but its end. QEMU does nothing about it until {@link #send} says the same command next, which
     * then takes the end alone; any other command has it forgotten, and so has the end of the connection.
     */
    public void anticipate(QmpCommand command) {
        if (phase == Phase.OPEN && anticipated == null && pending.size() < limits.requestsMax() && overflow == null) {
            String id = nextId();
            anticipated = new Anticipated(id, command, QmpCodec.encode(QmpRequest.of(id, command)));
            outgoing.add(anticipated.beginning());
        }
    }

    private String nextId() {
        return idPrefix + "-" + ++idsGiven;
    }

    private String request(QmpCommand command, long replyNanos, long nowNanos) {
        Anticipated said = anticipated;
        anticipated = null;
        boolean isAnticipated = said != null && said.command().equals(command);
        if (said != null && !isAnticipated) {
            abandoned++;
            outgoing.add(ByteBuffer.wrap(STRAY));
        }
        String id = isAnticipated ? said.id() : nextId();
        byte[] line = isAnticipated ? said.line() : QmpCodec.encode(QmpRequest.of(id, command));
        long waiting = outgoing.stream().mapToLong(ByteBuffer::remaining).sum();
        if (pending.size() == limits.requestsMax()) {
            overflow = limits.requestsMax() + " commands without a reply";
        } else if (waiting + line.length > limits.outgoingBytesMax()) {
            overflow = "QEMU does not read: " + waiting + " bytes wait for it";
        } else {
            wire.atDebug().log(() -> address + " > " + new String(line, StandardCharsets.US_ASCII).trim());
            pending.add(id, command, nowNanos + replyNanos);
            outgoing.add(isAnticipated ? said.end() : ByteBuffer.wrap(line));
        }
        return id;
    }

    private void heard(String line, long nowNanos, List<QmpInput> inputs) {
        wire.debug("{} < {}", address, line);
        if (line.isEmpty()) {
            return;
        }
        try {
            QmpMessage message = QmpCodec.decode(line);
            if (message instanceof QmpEvent) {
                inputs.add(new QmpInput.Happened((QmpEvent) message));
            } else if (message instanceof QmpReply) {
                replied((QmpReply) message, inputs);
            } else {
                greeted((Greeting) message, nowNanos);
            }
        } catch (QmpSyntaxException e) {
            lose(notQmp(line, e), inputs);
        }
    }

    private void greeted(Greeting said, long nowNanos) {
        if (phase == Phase.GREETING) {
            greeting = said;
            phase = Phase.NEGOTIATING;
            request(new QmpCommand.QmpCapabilities(), nanos(limits.openMillis()), nowNanos);
        }
    }

    /** Routes by id alone: a reply of an earlier session can come first on this connection (seen in 3 of 60 closes). */
    private void replied(QmpReply reply, List<QmpInput> inputs) {
        PendingRequests.Pending request = pending.answered(reply.id());
        if (abandoned > 0 && reply.id() == null) {
            abandoned--;
        } else if (request == null) {
            LOG.warn("{}: dropped a reply to {}, which this session did not ask", address, reply.id());
        } else if (phase == Phase.NEGOTIATING) {
            negotiated(reply, inputs);
        } else if (request.id.equals(probeId)) {
            probeId = null;
        } else {
            inputs.add(new QmpInput.Replied(request.id, request.command, reply));
        }
    }

    private void negotiated(QmpReply reply, List<QmpInput> inputs) {
        if (reply instanceof QmpReply.Success) {
            phase = Phase.OPEN;
            inputs.add(new QmpInput.Opened());
        } else {
            String refusal = ((QmpReply.Failure) reply).description();
            lose(new QmpException.NotQmp(address + ": negotiation refused: " + refusal), inputs);
        }
    }

    /**
     * Ends a connection that overflows or keeps silent; asks something harmless first when there is only quiet. The answer
     * has its time from the asking, so that it is not our own sleep that is taken for QEMU's silence.
     */
    private void listen(long nowNanos, List<QmpInput> inputs) {
        boolean patient = quietNanos(nowNanos) < patienceNanos();
        if (overflow != null) {
            lose(new QmpException.Lost(address + ": " + overflow), inputs);
        } else if (!patient && probeId != null) {
            lose(new QmpException.Lost(address + ": silent for " + limits.silenceMillis() + " ms"), inputs);
        } else if (!patient) {
            probeId = request(new QmpCommand.QueryName(), Long.MAX_VALUE / 2, nowNanos);
            probedNanos = nowNanos;
        }
    }

    private long quietNanos(long nowNanos) {
        long sinceHeard = nowNanos - lastHeardNanos;
        return probeId == null ? sinceHeard : Math.min(sinceHeard, nowNanos - probedNanos);
    }

    private long patienceNanos() {
        long first = nanos(limits.silenceMillis()) / PROBE_FRACTION;
        return probeId == null ? first : nanos(limits.silenceMillis()) - first;
    }

    private void lose(QmpException.Monitor why, List<QmpInput> inputs) {
        if (phase != Phase.ENDED) {
            phase = Phase.ENDED;
            failure = why;
            outgoing.clear();
            inputs.add(new QmpInput.Lost(why.getMessage()));
        }
    }

    private QmpException.Monitor notOpened() {
        String within = " within " + limits.openMillis() + " ms";
        if (phase == Phase.NEGOTIATING) {
            return new QmpException.Silent(address + ": greets, but does not answer the negotiation" + within);
        }
        return lines.length() == 0
                ? new QmpException.Silent(
                        address + ": no greeting" + within + ": another client holds the monitor, or QEMU hangs")
                : new QmpException.NotQmp(address + ": " + lines.length() + " bytes and no greeting" + within);
    }

    private QmpException.Monitor notQmp(String line, QmpSyntaxException e) {
        String start = line.substring(0, Math.min(line.length(), SHOWN_CHARACTERS_MAX));
        return phase == Phase.GREETING
                ? new QmpException.NotQmp(address + ": does not speak QMP, but: " + start)
                : new QmpException.NotQmp(address + ": " + e.getMessage());
    }

    private static long nanos(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
