package dev.blockcopy.engine.qmp;

import dev.blockcopy.model.qmp.Greeting;
import dev.blockcopy.model.qmp.QmpCommand;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to one monitor: commands go out at once, everything else comes in through a sink.
 *
 * <p>All inputs are given to the sink by one thread, in the order of their arrival: {@link QmpInput.Opened} before any
 * reply, {@link QmpInput.Lost} exactly once and last. That thread may hear other connections too, so the sink must return
 * soon; while it works nothing is read, which slows QEMU's output and loses nothing. The sink may send; it must not throw.
 * Inputs may come before {@link #begin} returns, and a reply before {@link #send} does.
 *
 * <p>Any thread may send, once it is open, and close.
 */
public final class QmpConnection implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(QmpConnection.class);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int PREFIX_BYTES = 6;
    private static final long REST_NANOS_MAX = TimeUnit.HOURS.toNanos(1);
    /** A monitor that is free is open in a few milliseconds. */
    private static final long NUDGE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final QmpTransport transport;
    private final QmpLimits limits;
    private final Consumer<QmpInput> sink;
    private final QmpChannel channel;
    private final QmpSession session;
    private final QmpReader reader;
    private final long nudgeAtNanos = System.nanoTime() + NUDGE_NANOS;
    private volatile boolean closing;
    private boolean nudged;
    /** Until when the reader lets it rest if nothing comes; guarded by the session, and so is what follows. */
    private long dueNanos = System.nanoTime();

    private boolean wantsRoom;
    private boolean ended;

    private QmpConnection(
            QmpTransport transport, QmpChannel channel, QmpLimits limits, QmpReader reader, Consumer<QmpInput> sink) {
        this.transport = transport;
        this.limits = limits;
        this.sink = sink;
        this.channel = channel;
        this.reader = reader;
        this.session = new QmpSession(transport.address(), prefix(), limits, System.nanoTime());
    }

    /**
     * Connects; the greeting and the negotiation are not waited for. What comes of them the sink hears: {@link
     * QmpInput.Opened}, or {@link QmpInput.Lost}, and then {@link #failure} has the kind.
     *
     * @throws QmpException of a kind of its own for each way in which there is no connection; the sink then hears nothing
     */
    public static QmpConnection begin(
            QmpTransport transport, QmpLimits limits, QmpReaders readers, Consumer<QmpInput> sink) throws QmpException {
        QmpChannel channel = transport.connect(limits.connectMillis());
        QmpReader reader = readers.of(channel.provider());
        QmpConnection connection = new QmpConnection(transport, channel, limits, reader, sink);
        try {
            reader.add(connection);
        } catch (IOException e) {
            channel.close();
            throw new QmpException.Lost(transport.address() + ": " + e.getMessage());
        }
        return connection;
    }

    /** As short as can be, since QEMU reads slowly; some 10^11 are told apart. */
    private static String prefix() {
        byte[] random = new byte[PREFIX_BYTES];
        RANDOM.nextBytes(random);
        return Base64.getUrlEncoder().encodeToString(random);
    }

    /** Says a command; its reply or {@link QmpInput.TimedOut} comes to the sink under the id returned here. */
    public String send(QmpCommand command) {
        return send(command, limits.replyMillis());
    }

    /**
     * Says all of a command but its end, so that QEMU, which reads slowly, has read it when it is decided. Nothing is done
     * about it unless the next command that is sent is the same.
     */
    public void anticipate(QmpCommand command) {
        synchronized (session) {
            session.anticipate(command);
            writeNow();
        }
    }

    /** Says a command with a deadline of its own. */
    public String send(QmpCommand command, long replyMillis) {
        String id;
        boolean isReaderNeeded;
        synchronized (session) {
            long now = System.nanoTime();
            id = session.send(command, replyMillis, now);
            isReaderNeeded = !writeNow() || now + restNanos(now) - dueNanos < 0;
        }
        if (isReaderNeeded) {
            reader.wake(this);
        }
        return id;
    }

    /**
     * Says a command that takes a file along, opened for writing for as long as that takes.
     *
     * @throws IOException if the file can't be opened, or not be taken along; then the command was not said
     */
    public String send(QmpCommand command, Path file) throws IOException {
        if (Files.notExists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        String id;
        try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw")) {
            synchronized (session) {
                if (write()) {
                    throw new IOException("QEMU does not read what it was told before");
                }
                channel.attach(opened.getFD());
                id = session.send(command, limits.replyMillis(), System.nanoTime());
                if (write()) {
                    close();
                }
            }
        }
        reader.wake(this);
        return id;
    }

    /**
     * Spares QEMU the time that the reader takes to wake; what is left over, and what fails, is the reader's.
     *
     * @return whether nothing is left over
     */
    private boolean writeNow() {
        try {
            return !write();
        } catch (IOException e) {
            LOG.debug("not written at once", e);
            return false;
        }
    }

    /** Writes what the channel takes, and tells whether there is more. */
    private boolean write() throws IOException {
        ByteBuffer next = session.outgoing();
        while (next != null && channel.write(next) > 0) {
            next = session.outgoing();
        }
        return next != null;
    }

    /** What QEMU said first; {@code null} before it. */
    public Greeting greeting() {
        synchronized (session) {
            return session.greeting();
        }
    }

    /** Why the connection has ended, or could not be opened; {@code null} before it. */
    public QmpException.Monitor failure() {
        synchronized (session) {
            return session.failure();
        }
    }

    /** Closes the connection; the sink hears of it, perhaps after this returns. A command just sent may get lost. */
    @Override
    public void close() {
        closing = true;
        channel.close();
        reader.wake(this);
    }

    /** Whether this is the thread that feeds the sink, which must not wait for a reply. */
    boolean isReader() {
        return reader.isCurrent();
    }

    // ---- what its reader asks of it

    QmpChannel channel() {
        return channel;
    }

    /** When it wants a turn if nothing comes, by {@link System#nanoTime}. */
    long dueNanos() {
        synchronized (session) {
            return dueNanos;
        }
    }

    boolean wantsRoom() {
        synchronized (session) {
            return wantsRoom;
        }
    }

    boolean hasEnded() {
        synchronized (session) {
            return ended;
        }
    }

    /**
     * Takes in what is there, gives out what is due, and writes what is left.
     *
     * @param bytes room for what is there, of no meaning before and after
     * @return whether it goes on
     */
    boolean turn(ByteBuffer bytes) throws IOException {
        int count = channel.read(bytes.clear());
        if (count < 0) {
            end("QEMU closed the connection");
            return false;
        }
        List<QmpInput> inputs;
        synchronized (session) {
            long now = System.nanoTime();
            inputs = session.received(bytes.flip(), now);
            inputs.addAll(session.elapsed(now));
        }
        inputs.forEach(this::deliver);
        return settle();
    }

    private boolean settle() throws IOException {
        if (isNudgeDue()) {
            nudged = true;
            nudge();
        }
        synchronized (session) {
            wantsRoom = write();
            long now = System.nanoTime();
            dueNanos = now + restNanos(now);
            ended = session.failure() != null;
            return !ended;
        }
    }

    private long restNanos(long nowNanos) {
        long left = Math.min(session.nanosLeft(nowNanos), REST_NANOS_MAX);
        return session.isOpen() || nudged ? left : Math.min(left, nudgeAtNanos - nowNanos);
    }

    private boolean isNudgeDue() {
        synchronized (session) {
            return !nudged && !session.isOpen() && System.nanoTime() - nudgeAtNanos >= 0;
        }
    }

    /**
     * Once in a thousand times a QEMU 7.2 that has taken its client waits for another one, and does nothing until that
     * has come (its main loop stands in {@code accept4}; seen with a debugger). To any other QEMU, one client more is
     * one that comes and goes.
     */
    private void nudge() {
        try {
            transport.connect(0).close();
        } catch (QmpException e) {
            LOG.debug("not nudged", e);
        }
    }

    /** It can't go on. */
    void fail(Throwable why) {
        end(closing ? "closed by this side" : String.valueOf(why.getMessage()));
        channel.close();
    }

    private void end(String why) {
        List<QmpInput> inputs;
        synchronized (session) {
            inputs = session.ended(why);
            ended = true;
        }
        inputs.forEach(this::deliver);
    }

    private void deliver(QmpInput input) {
        try {
            sink.accept(input);
        } catch (RuntimeException | Error e) {
            LOG.error("the sink failed on {}", input, e);
        }
    }
}
