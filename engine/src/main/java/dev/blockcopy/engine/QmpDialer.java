package dev.blockcopy.engine;

import dev.blockcopy.engine.qmp.QmpConnection;
import dev.blockcopy.engine.qmp.QmpException;
import dev.blockcopy.engine.qmp.QmpInput;
import dev.blockcopy.engine.qmp.QmpLimits;
import dev.blockcopy.engine.qmp.QmpTransport;
import dev.blockcopy.model.qmp.QmpCommand;
import java.util.function.Consumer;

/** Sessions over a transport of the QMP client. */
final class QmpDialer implements MonitorDialer {
    private final QmpTransport transport;
    private final QmpLimits limits;

    QmpDialer(QmpTransport transport, QmpLimits limits) {
        this.transport = transport;
        this.limits = limits;
    }

    @Override
    public MonitorLink open(Consumer<QmpInput> sink) throws UnreachableException {
        try {
            QmpConnection connection = QmpConnection.open(transport, limits, sink);
            return new MonitorLink() {
                @Override
                public String send(QmpCommand command) {
                    return connection.send(command);
                }

                @Override
                public void close() {
                    connection.close();
                }
            };
        } catch (QmpException e) {
            boolean nobody = e instanceof QmpException.NoSuchSocket || e instanceof QmpException.Refused;
            throw new UnreachableException(e.getMessage(), nobody, e);
        }
    }
}
