package dev.blockcopy.qemufake.server;

import dev.blockcopy.qemufake.descriptors.DescriptorSockets;
import dev.blockcopy.qemufake.descriptors.ReceivedFile;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;

/** Which sockets the monitors have: the JDK's, which start at once, or those that open files can come through. */
enum Sockets {
    PLAIN {
        @Override
        Selector selector() throws IOException {
            return Selector.open();
        }

        @Override
        ServerSocketChannel listen(Path socket) throws IOException {
            ServerSocketChannel listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            listening.bind(UnixDomainSocketAddress.of(socket));
            return listening;
        }

        @Override
        void prepare(SocketChannel client) {
            // Nothing but bytes comes through it.
        }

        @Override
        List<ReceivedFile> received(SocketChannel client) {
            return List.of();
        }
    },
    WITH_DESCRIPTORS {
        @Override
        Selector selector() {
            return null;
        }

        @Override
        ServerSocketChannel listen(Path socket) throws IOException {
            return DescriptorSockets.listen(socket);
        }

        @Override
        void prepare(SocketChannel client) {
            DescriptorSockets.prepare(client);
        }

        @Override
        List<ReceivedFile> received(SocketChannel client) throws IOException {
            return DescriptorSockets.received(client);
        }
    };

    /** What waits for these sockets; null if they are to be looked at again and again. */
    abstract Selector selector() throws IOException;

    abstract ServerSocketChannel listen(Path socket) throws IOException;

    abstract void prepare(SocketChannel client);

    abstract List<ReceivedFile> received(SocketChannel client) throws IOException;
}
