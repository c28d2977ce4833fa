package dev.blockcopy.engine;

import dev.blockcopy.engine.descriptors.DescriptorSockets;
import dev.blockcopy.engine.qmp.QmpConnection;
import dev.blockcopy.engine.qmp.QmpException;
import dev.blockcopy.engine.qmp.QmpInput;
import dev.blockcopy.engine.qmp.QmpLimits;
import dev.blockcopy.engine.qmp.QmpReaders;
import dev.blockcopy.engine.qmp.QmpTransport;
import dev.blockcopy.engine.qmp.UnixSocketTransport;
import dev.blockcopy.model.qmp.QmpCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Sessions with the monitor on a UNIX socket. */
final class QmpDialer implements MonitorDialer {
    private final Path socket;
    private final QmpLimits limits;
    private final QmpReaders readers;

    QmpDialer(Path socket, QmpLimits limits, QmpReaders readers) {
        this.socket = socket;
        this.limits = limits;
        this.readers = readers;
    }

    @Override
    public MonitorLink open(Consumer<QmpInput> sink) throws UnreachableException {
        return open(new UnixSocketTransport(socket), sink);
    }

    /** Where the library for it can't be loaded, there is a session all the same, and no file goes along. */
    @Override
    public MonitorLink openForFiles(Consumer<QmpInput> sink) throws UnreachableException {
        try {
            return open(new UnixSocketTransport(socket, new DescriptorSockets()), sink);
        } catch (LinkageError e) {
            return open(sink);
        }
    }

    /** Inode numbers are used again at once, so the time goes with them. */
    @Override
    public String identity() {
        try {
            Map<String, Object> socketFile = Files.readAttributes(socket, "unix:dev,ino,ctime");
            long changedNanos = ((FileTime) socketFile.get("ctime")).to(TimeUnit.NANOSECONDS);
            return socketFile.get("dev") + ":" + socketFile.get("ino") + ":" + changedNanos;
        } catch (IOException e) {
            return "";
        }
    }

    private MonitorLink open(QmpTransport transport, Consumer<QmpInput> sink) throws UnreachableException {
        try {
            QmpConnection connection = QmpConnection.begin(transport, limits, readers, sink);
            return new MonitorLink() {
                @Override
                public String send(QmpCommand command) {
                    return connection.send(command);
                }

                @Override
                public void anticipate(QmpCommand command) {
                    connection.anticipate(command);
                }

                @Override
                public String send(QmpCommand command, Path file) throws IOException {
                    return connection.send(command, file);
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
