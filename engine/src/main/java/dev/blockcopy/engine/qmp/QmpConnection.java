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
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One negotiated connection to one monitor: commands go out at once, everything else comes in through a sink.
 *
 * <p>All inputs are given to the sink by one thread, in the order of their arrival, {@link QmpInput.Lost} exactly once and
 * last. While the sink works nothing is read, so a slow sink slows QEMU's output and loses nothing. The sink may send; it
 * must not throw. Events may come before {@link #open} returns, and a reply before {@link #send} does.
 *
 * <p>Any thread may send and close.
 */
public final class QmpConnection implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(QmpConnection.class);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int READ_BYTES = 64 << 10;
    private static final long REST_NANOS_MAX = TimeUnit.HOURS.toNanos(1);
    private static final long MILLI_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    /** A monitor that is free is open in a few milliseconds. */
    private static final int NUDGE_MILLIS = 1_000;

    private final QmpLimits limits;
    private final Consumer<QmpInput> sink;
    private final QmpChannel channel;
    private final QmpSession session;
    private final Thread reader;
    private volatile boolean closing;
    private boolean opened;
    /** Until when the reader rests if nothing comes; guarded by the session. */
    private long restsUntilNanos;

    private QmpConnection(String address, QmpChannel channel, QmpLimits limits, Consumer<QmpInput> sink) {
        this.limits = limits;
        this.sink = sink;
        this.channel = channel;
        this.session = new QmpSession(address, String.format("%016x", RANDOM.nextLong()), limits, System.nanoTime());
        this.reader = new Thread(this::read, "qmp " + address);
        this.reader.setDaemon(true);
    }

    /**
     * Connects, takes the greeting and negotiates.
     *
     * @throws QmpException of a kind of its own for each way in which this fails; the sink then hears nothing of an end
     */
    public static QmpConnection open(QmpTransport transport, QmpLimits limits, Consumer<QmpInput> sink)
            throws QmpException {
        QmpChannel channel = transport.connect(limits.openMillis());
        QmpConnection connection = new QmpConnection(transport.address(), channel, limits, sink);
        connection.reader.start();
        if (!connection.isDecidedWithin(NUDGE_MILLIS)) {
            nudge(transport);
        }
        connection.awaitOpen();
        return connection;
    }

    /** Says a command; its reply or {@link QmpInput.TimedOut} comes to the sink under the id returned here. */
    public String send(QmpCommand command) {
        return send(command, limits.replyMillis());
    }

    /** Says a command with a deadline of its own. */
    public String send(QmpCommand command, long replyMillis) {
        String id;
        boolean isReaderNeeded;
        synchronized (session) {
            long now = System.nanoTime();
            id = session.send(command, replyMillis, now);
            isReaderNeeded = !writeNow() || now + restNanos(now) - restsUntilNanos < 0;
        }
        if (isReaderNeeded) {
            channel.wake();
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
        channel.wake();
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

    private long restNanos(long nowNanos) {
        return Math.min(session.nanosLeft(nowNanos), REST_NANOS_MAX);
    }

    /** Writes what the channel takes, and tells whether there is more. */
    private boolean write() throws IOException {
        ByteBuffer next = session.outgoing();
        while (next != null && channel.write(next) > 0) {
            next = session.outgoing();
        }
        return next != null;
    }

    /** What QEMU said first. */
    public Greeting greeting() {
        synchronized (session) {
            return session.greeting();
        }
    }

    /** Closes the connection; the sink hears of it, perhaps after this returns. A command just sent may get lost. */
    @Override
    public void close() {
        closing = true;
        channel.close();
    }

    /** Whether this is the thread that feeds the sink, which must not wait for a reply. */
    boolean isReader() {
        return Thread.currentThread() == reader;
    }

    private void awaitOpen() throws QmpException {
        isDecidedWithin(Long.MAX_VALUE / 2 / MILLI_NANOS);
        synchronized (session) {
            if (!opened) {
                throw session.failure();
            }
        }
    }

    /** Whether it is open, or has failed, before so much time has gone by. */
    private boolean isDecidedWithin(long millis) throws QmpException {
        long end = System.nanoTime() + millis * MILLI_NANOS;
        try {
            synchronized (session) {
                for (long left = millis; left > 0 && !isDecided(); left = (end - System.nanoTime()) / MILLI_NANOS) {
                    session.wait(left);
                }
                return isDecided();
            }
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new QmpException.Lost("interrupted while a connection was opened");
        }
    }

    private boolean isDecided() {
        return opened || session.failure() != null;
    }

    /**
     * Once in a thousand times a QEMU 7.2 that has taken its client waits for another one, and does nothing until that
     * has come (its main loop stands in {@code accept4}; seen with a debugger). To any other QEMU, one client more is
     * one that comes and goes.
     */
    private static void nudge(QmpTransport transport) {
        try {
            transport.connect(NUDGE_MILLIS).close();
        } catch (QmpException e) {
            LOG.debug("not nudged", e);
        }
    }

    private void read() {
        ByteBuffer bytes = ByteBuffer.allocate(READ_BYTES);
        try {
            while (turn(bytes)) {
                // Each turn takes in what is there, gives out what is due, and rests if there was neither.
            }
        } catch (IOException | RuntimeException | Error e) {
            end(closing ? "closed by this side" : String.valueOf(e.getMessage()));
        } finally {
            channel.close();
        }
    }

    private boolean turn(ByteBuffer bytes) throws IOException {
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
            noteOpening();
        }
        inputs.forEach(this::deliver);
        return flush(count == 0 && inputs.isEmpty());
    }

    private boolean flush(boolean rest) throws IOException {
        boolean forRoom;
        long restNanos;
        synchronized (session) {
            forRoom = write();
            long now = System.nanoTime();
            restNanos = restNanos(now);
            restsUntilNanos = now + restNanos;
            if (session.failure() != null) {
                return false;
            }
        }
        if (rest && restNanos > 0) {
            channel.await(forRoom, restNanos);
        }
        return true;
    }

    private void end(String why) {
        List<QmpInput> inputs;
        synchronized (session) {
            inputs = session.ended(why);
            noteOpening();
        }
        inputs.forEach(this::deliver);
    }

    /** The opener is told first, so that whoever could not open hears it as an exception, and not as an input. */
    private void noteOpening() {
        opened |= session.isOpen();
        session.notifyAll();
    }

    private void deliver(QmpInput input) {
        if (input instanceof QmpInput.Lost && !opened) {
            return;
        }
        try {
            sink.accept(input);
        } catch (RuntimeException e) {
            LOG.error("the sink failed on {}", input, e);
        }
    }
}
