package dev.blockcopy.engine;

import static dev.blockcopy.engine.CopyRefusedException.Kind.ENVIRONMENT;

import dev.blockcopy.model.qmp.CommandInfo;
import dev.blockcopy.model.qmp.QmpCommand;
import dev.blockcopy.model.qmp.QmpReply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * A monitor that this process owns: its lane, and questions to it by callers who wait for the answer.
 *
 * <p>Safe for use by several threads.
 */
final class Monitor implements AutoCloseable {
    private static final Duration REPLY_MAX = Duration.ofSeconds(35);

    private final Path socket;
    private final LaneHost lane;
    private boolean connected;
    /** How many callers ask it something; guarded by the monitors it belongs to. */
    int borrowers;

    private String trouble = "";
    private RuntimeException haltedBy;

    Monitor(Path socket, Function<Monitor, LaneHost> lane) {
        this.socket = socket;
        this.lane = lane.apply(this);
    }

    Path socket() {
        return socket;
    }

    LaneHost lane() {
        return lane;
    }

    synchronized String trouble() {
        return trouble;
    }

    synchronized void troubledBy(String text) {
        trouble = text;
        connected = false;
        notifyAll();
    }

    synchronized void isConnected() {
        trouble = "";
        connected = true;
        notifyAll();
    }

    synchronized void haltedBy(RuntimeException why) {
        haltedBy = why;
        trouble = why.getMessage();
        notifyAll();
    }

    /** Why the lane stopped for good, if it did. */
    synchronized Optional<RuntimeException> halted() {
        return Optional.ofNullable(haltedBy);
    }

    /** Waits for the first word of a session, or of why there is none. */
    synchronized void awaitConnected() throws CopyRefusedException, InterruptedException {
        awaitWord();
        if (!connected) {
            throw new CopyRefusedException(ENVIRONMENT, trouble);
        }
    }

    /** As {@link #awaitConnected}, and either will do. */
    synchronized void awaitWord() throws InterruptedException {
        while (!connected && trouble.isEmpty()) {
            wait();
        }
    }

    /** The value of a successful reply. */
    Object ask(QmpCommand command) throws CopyRefusedException, InterruptedException {
        QmpReply reply = reply(lane.query(command));
        if (reply instanceof QmpReply.Failure failure) {
            throw new CopyRefusedException(
                    ENVIRONMENT, socket + ": " + command.execute() + ": " + failure.description());
        }
        return ((QmpReply.Success) reply).value();
    }

    private QmpReply reply(CompletableFuture<QmpReply> future) throws CopyRefusedException, InterruptedException {
        try {
            return future.get(REPLY_MAX.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new CopyRefusedException(
                    ENVIRONMENT, socket + ": " + e.getCause().getMessage());
        } catch (TimeoutException e) {
            throw new CopyRefusedException(ENVIRONMENT, socket + ": no answer; QEMU hangs, or the monitor is broken");
        }
    }

    Set<String> commandNames() throws CopyRefusedException, InterruptedException {
        Set<String> names = new HashSet<>();
        CommandInfo.listFrom(ask(new QmpCommand.QueryCommands())).forEach(command -> names.add(command.name()));
        return names;
    }

    @Override
    public void close() {
        lane.close();
    }
}
