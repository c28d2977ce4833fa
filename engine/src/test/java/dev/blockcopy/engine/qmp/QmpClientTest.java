package dev.blockcopy.engine.qmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.blockcopy.model.qmp.QmpCommand;
import dev.blockcopy.model.qmp.QmpReply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who asks and waits gets an answer, or hears why there is none. */
@Timeout(30)
class QmpClientTest {

    private static final String STOP =
            "{\"timestamp\": {\"seconds\": 1, \"microseconds\": 2}, \"event\": \"STOP\"}\r\n";
    private static final Duration SECONDS = Duration.ofSeconds(20);

    @TempDir
    Path dir;

    private Path socket() {
        return dir.resolve("qmp.sock");
    }

    @Test
    void givesReplyFailureAndEndToThoseWhoWait() throws Exception {
        try (ScriptedMonitor monitor = new ScriptedMonitor(socket(), m -> {
                    ScriptedMonitor.Client client = m.accept();
                    client.negotiate();
                    client.answer(client.hear());
                    client.say(
                            "{\"id\": \"" + client.hear()
                                    + "\", \"error\": {\"class\": \"DeviceNotActive\", \"desc\": \"Block job 'j' not found\"}}\r\n");
                    client.hear();
                    client.close();
                });
                QmpClient client = QmpClient.open(new UnixSocketTransport(socket()), QmpLimits.DEFAULT, event -> {})) {
            QmpCommand cancel = new QmpCommand.BlockJobCancel("j", true);

            assertThat(client.ask(new QmpCommand.Stop(), SECONDS)).isEqualTo(Map.of());
            Throwable refused = catchThrowable(() -> client.ask(cancel, SECONDS));
            assertThat(refused).isInstanceOf(QmpCommandException.class);
            assertThat((QmpCommandException) refused)
                    .hasMessage(socket() + ": block-job-cancel: Block job 'j' not found (DeviceNotActive)")
                    .returns("DeviceNotActive", QmpCommandException::errorClass)
                    .returns("Block job 'j' not found", QmpCommandException::description)
                    .returns(cancel, QmpCommandException::command);
            assertThatThrownBy(() -> client.raw("query-tpm", Map.of(), SECONDS)).isInstanceOf(QmpException.Lost.class);
            assertThatThrownBy(() -> client.call(cancel, SECONDS)).isInstanceOf(QmpException.Lost.class);
            monitor.awaitEnd();
        }
    }

    @Test
    void tellsThoseWhoWaitThatATimeoutIsUnknown() throws Exception {
        try (ScriptedMonitor monitor = new ScriptedMonitor(socket(), m -> {
                    ScriptedMonitor.Client client = m.accept();
                    client.negotiate();
                    String late = client.hear();
                    String next = client.hear();
                    client.answer(late);
                    client.answer(next);
                });
                QmpClient client = QmpClient.open(new UnixSocketTransport(socket()), QmpLimits.DEFAULT, event -> {})) {
            assertThatThrownBy(() -> client.call(new QmpCommand.Stop(), Duration.ofMillis(1)))
                    .isInstanceOf(QmpException.TimedOut.class)
                    .hasMessage(socket() + ": stop: no reply within 1 ms");
            assertThat(client.call(new QmpCommand.Cont(), SECONDS)).isInstanceOf(QmpReply.Success.class);
            monitor.awaitEnd();
        }
    }

    @Test
    void refusesAListenerThatWouldWaitForItself() throws Exception {
        CompletableFuture<QmpClient> opened = new CompletableFuture<>();
        CompletableFuture<Throwable> refusal = new CompletableFuture<>();
        try (ScriptedMonitor monitor = new ScriptedMonitor(socket(), m -> {
                    ScriptedMonitor.Client client = m.accept();
                    client.negotiate();
                    client.say(STOP);
                });
                QmpClient client = QmpClient.open(
                        new UnixSocketTransport(socket()),
                        QmpLimits.DEFAULT,
                        event -> refusal.complete(
                                catchThrowable(() -> opened.join().call(new QmpCommand.Cont(), SECONDS))))) {
            opened.complete(client);

            assertThat(refusal.get(20, TimeUnit.SECONDS)).isInstanceOf(IllegalStateException.class);
            monitor.awaitEnd();
        }
    }
}
