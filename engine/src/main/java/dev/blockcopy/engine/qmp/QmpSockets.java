package dev.blockcopy.engine.qmp;

import java.io.FileDescriptor;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** Which UNIX sockets a session has: the JDK's, which carry bytes alone, or others that take open files along. */
public interface QmpSockets {
    /** The JDK's own. */
    QmpSockets OF_BYTES = new QmpSockets() {
        @Override
        public SocketChannel connect(Path socket) throws IOException {
            SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            try {
                channel.configureBlocking(false);
                if (!channel.connect(UnixDomainSocketAddress.of(socket))) {
                    throw new IOException("the connection is not made at once");
                }
                return channel;
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        }

        @Override
        public void attach(SocketChannel channel, FileDescriptor file) throws IOException {
            throw new IOException("this session carries bytes alone");
        }
    };

    /**
     * A connected, non-blocking channel.
     *
     * @throws java.net.ConnectException if nobody listens
     */
    SocketChannel connect(Path socket) throws IOException;

    /** The next bytes that are written to a channel of these take an open file along, which stays open here. */
    void attach(SocketChannel channel, FileDescriptor file) throws IOException;
}
