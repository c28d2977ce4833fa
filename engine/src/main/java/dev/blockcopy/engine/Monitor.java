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

    private static final int SECONDS_TO_BE_SERVED = 2;

    private final Path socket;
    private final LaneHost lane;
    private Optional<Lease> holder;
    private int secondsWaited;
    private boolean connected;
    /** How many callers ask it something; guarded by the monitors it belongs to. */
    int borrowers;

    private String trouble = "";
    private RuntimeException haltedBy;
    private volatile boolean isLost;

    /**
     * A monitor that is to be dialled.
     *
     * @param holder who had it before us, and may have it still
     */
    Monitor(Path socket, Optional<Lease> holder, Function<Monitor, LaneHost> lane) {
        this.socket = socket;
        this.holder = holder;
        this.lane = lane.apply(this);
    }

    Path socket() {
        return socket;
    }

    LaneHost lane() {
        return lane;
    }

    /** Why it can't be used, as far as that is known by now; empty if it can. */
    synchronized String trouble() {
        boolean hasWaited = !connected && secondsWaited >= SECONDS_TO_BE_SERVED;
        return trouble.isEmpty() && hasWaited ? heldWords("") : trouble;
    }

    /** A second more; whoever is not served after two hears who may be served instead. */
    synchronized void waitedASecond() {
        secondsWaited++;
    }

    /** Who had it before us, and was not seen to have left it. */
    synchronized Optional<Lease> holder() {
        return holder;
    }

    /** Somebody listens there and does not serve us. */
    synchronized void notServed(String text) {
        troubledBy(heldWords(text));
    }

    private String heldWords(String otherwise) {
        return holder.filter(lease -> !lease.process().isGone())
                .map(lease -> socket + ": " + lease.remedy())
                .orElse(otherwise);
    }

    synchronized void troubledBy(String text) {
        trouble = text;
        connected = false;
        notifyAll();
    }

    synchronized void isConnected() {
        trouble = "";
        holder = Optional.empty();
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

    /** After a session's first word: waits until what its handshake has set going has been told. */
    void outwaitHandshake() throws InterruptedException {
        try {
            ask(new QmpCommand.QueryStatus());
        } catch (CopyRefusedException noSession) {
            // Then nothing was set going.
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

    /** The same, of a command that this QEMU may not have; then empty. */
    Optional<Object> askIfItCan(QmpCommand command) throws CopyRefusedException, InterruptedException {
        return reply(lane.query(command)) instanceof QmpReply.Success success
                ? Optional.of(success.value())
                : Optional.empty();
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

    /** Is ours no more. */
    void closeAtOnce() {
        isLost = true;
        lane.closeAtOnce();
    }

    /** Whether nobody has taken it from us, as far as we have noticed. */
    boolean isOurs() {
        return !isLost;
    }
}
