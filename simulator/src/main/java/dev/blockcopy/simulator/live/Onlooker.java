package dev.blockcopy.simulator.live;

import dev.blockcopy.engine.qmp.QmpClient;
import dev.blockcopy.engine.qmp.QmpException;
import dev.blockcopy.engine.qmp.QmpLimits;
import dev.blockcopy.engine.qmp.UnixSocketTransport;
import dev.blockcopy.model.qmp.QmpCommand;
import dev.blockcopy.model.qmp.QmpEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Somebody on another monitor of the same QEMU, who hears what happens and asks what is, and changes nothing. */
public final class Onlooker implements AutoCloseable {
    /** A JVM that has just been started on a busy host greets long before it answers. */
    private static final QmpLimits PATIENT = QmpLimits.DEFAULT.withOpenMillis(30_000);

    private final List<QmpEvent> events = new ArrayList<>();
    private final Deadline deadline;
    private final QmpClient client;
    private int heard;

    private Onlooker(Path socket, Deadline deadline) throws QmpException {
        this.deadline = deadline;
        this.client = QmpClient.open(new UnixSocketTransport(socket), PATIENT, this::hear);
    }

    public static Onlooker at(Path socket, Deadline deadline) throws IOException {
        try {
            return new Onlooker(socket, deadline);
        } catch (QmpException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private synchronized void hear(QmpEvent event) {
        events.add(event);
        notifyAll();
    }

    /**
     * Waits for the next event of a name with a member of this value; what came before it has been heard.
     *
     * @param engine whose doing it would be; once it has ended, nothing is waited for any longer
     */
    public void await(EngineProcess engine, String name, String member, String value)
            throws IOException, NotInTimeException, InterruptedException {
        if (!awaitUnlessEnded(engine, new Awaited(name, member, value))) {
            throw new NotInTimeException("event " + name + " with " + member + " " + value
                    + ", and the engine has ended: " + engine.output());
        }
    }

    /**
     * An event to wait for.
     *
     * @param member of its data, or empty if the name is enough
     */
    public record Awaited(String name, String member, String value) {
        private boolean is(QmpEvent event) {
            return event.name().equals(name)
                    && (member.isEmpty() || value.equals(event.data().get(member)));
        }
    }

    /** As {@link #await}, but false if the engine has ended and it has not happened. */
    public boolean awaitUnlessEnded(EngineProcess engine, Awaited awaited)
            throws IOException, NotInTimeException, InterruptedException {
        engine.whenEnded(this::wake);
        synchronized (this) {
            while (engine.isAlive()) {
                if (isHeard(awaited)) {
                    return true;
                }
                wait(deadline.millisLeft("event " + awaited));
            }
        }
        // One round trip, and whatever happened before the engine's end has been told.
        ask(new QmpCommand.QueryName());
        return isHeard(awaited);
    }

    private synchronized boolean isHeard(Awaited awaited) {
        while (heard < events.size()) {
            if (awaited.is(events.get(heard++))) {
                return true;
            }
        }
        return false;
    }

    private synchronized void wake() {
        notifyAll();
    }

    /** Asks, as any client would. */
    public Object ask(QmpCommand command) throws IOException, NotInTimeException {
        try {
            return client.ask(command, deadline.left(command.execute()));
        } catch (QmpException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
