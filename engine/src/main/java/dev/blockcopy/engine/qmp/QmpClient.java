package dev.blockcopy.engine.qmp;

import dev.blockcopy.model.qmp.Greeting;
import dev.blockcopy.model.qmp.QmpCommand;
import dev.blockcopy.model.qmp.QmpEvent;
import dev.blockcopy.model.qmp.QmpReply;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/**
 * A monitor for those who wait for answers: ask, and get the reply or an exception that says what is known.
 *
 * <p>Any thread may ask, several at once. The listener of events is called by the connection's thread, in their order, and
 * must not ask.
 */
public final class QmpClient implements AutoCloseable {

    private final String address;
    private final Consumer<QmpEvent> listener;
    private final Map<String, CompletableFuture<QmpInput>> waiting = new HashMap<>();
    private boolean opened;
    private QmpInput.Lost lost;
    private QmpConnection connection;

    private QmpClient(String address, Consumer<QmpEvent> listener) {
        this.address = address;
        this.listener = listener;
    }

    /**
     * Connects, takes the greeting and negotiates.
     *
     * @throws QmpException of a kind of its own for each way in which this fails
     */
    public static QmpClient open(QmpTransport transport, QmpLimits limits, Consumer<QmpEvent> listener)
            throws QmpException {
        QmpClient client = new QmpClient(transport.address(), listener);
        client.connection = QmpConnection.begin(transport, limits, new QmpReaders(), client::take);
        client.awaitOpened();
        return client;
    }

    private void awaitOpened() throws QmpException {
        try {
            synchronized (waiting) {
                while (!opened && lost == null) {
                    waiting.wait();
                }
            }
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new QmpException.Lost(address + ": interrupted while a connection was opened");
        }
        if (!opened) {
            throw connection.failure();
        }
    }

    /** What QEMU said first. */
    public Greeting greeting() {
        return connection.greeting();
    }

    /**
     * Asks, and waits for the reply, which may be a failure.
     *
     * @throws QmpException.TimedOut if there is none in time: the effect is unknown
     * @throws QmpException.Lost if the connection ends first: the effect is unknown
     */
    public QmpReply call(QmpCommand command, Duration timeout) throws QmpException {
        if (connection.isReader()) {
            throw new IllegalStateException("a listener of events would wait for itself");
        }
        QmpInput answer = await(ask(command, timeout.toMillis()));
        if (answer instanceof QmpInput.Replied) {
            return ((QmpInput.Replied) answer).reply();
        }
        if (answer instanceof QmpInput.TimedOut) {
            throw new QmpException.TimedOut(
                    address + ": " + command.execute() + ": no reply within " + timeout.toMillis() + " ms");
        }
        throw new QmpException.Lost(((QmpInput.Lost) answer).why());
    }

    /**
     * Asks, and waits for the return value, a plain JDK value for the {@code from} and {@code listFrom} of its type.
     *
     * @throws QmpCommandException if QEMU refuses
     * @throws QmpException as {@link #call}
     */
    public Object ask(QmpCommand command, Duration timeout) throws QmpException {
        QmpReply reply = call(command, timeout);
        if (reply instanceof QmpReply.Failure) {
            throw new QmpCommandException(address, command, (QmpReply.Failure) reply);
        }
        return ((QmpReply.Success) reply).value();
    }

    /** Asks in plain words, for commands without a type: plain JDK values in and out. */
    public Object raw(String execute, Map<String, Object> arguments, Duration timeout) throws QmpException {
        return ask(new QmpCommand.Raw(execute, arguments), timeout);
    }

    /** Closes the connection; those who wait get {@link QmpException.Lost}. */
    @Override
    public void close() {
        connection.close();
    }

    private CompletableFuture<QmpInput> ask(QmpCommand command, long replyMillis) {
        CompletableFuture<QmpInput> answer = new CompletableFuture<>();
        synchronized (waiting) {
            if (lost != null) {
                answer.complete(lost);
            } else {
                waiting.put(connection.send(command, replyMillis), answer);
            }
        }
        return answer;
    }

    private static QmpInput await(CompletableFuture<QmpInput> answer) throws QmpException {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new QmpException.TimedOut("interrupted while a reply was awaited");
        } catch (ExecutionException e) {
            throw new AssertionError("an answer is an input, never an exception", e);
        }
    }

    private void take(QmpInput input) {
        if (input instanceof QmpInput.Happened) {
            listener.accept(((QmpInput.Happened) input).event());
        } else if (input instanceof QmpInput.Replied) {
            complete(((QmpInput.Replied) input).id(), input);
        } else if (input instanceof QmpInput.TimedOut) {
            complete(((QmpInput.TimedOut) input).id(), input);
        } else if (input instanceof QmpInput.Lost end) {
            end(end);
        } else {
            open();
        }
    }

    private void open() {
        synchronized (waiting) {
            opened = true;
            waiting.notifyAll();
        }
    }

    private void complete(String id, QmpInput input) {
        synchronized (waiting) {
            CompletableFuture<QmpInput> answer = waiting.remove(id);
            if (answer != null) {
                answer.complete(input);
            }
        }
    }

    private void end(QmpInput.Lost input) {
        synchronized (waiting) {
            lost = input;
            waiting.notifyAll();
            waiting.values().forEach(answer -> answer.complete(input));
            waiting.clear();
        }
    }
}
