package dev.blockcopy.qemufake.server;

import dev.blockcopy.qemufake.Errno;
import dev.blockcopy.qemufake.descriptors.DescriptorSockets;
import dev.blockcopy.qemufake.descriptors.ReceivedFile;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Which sockets the monitors have: those that open files can come through, or the JDK's, which start sooner. */
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
        Selector selector() throws IOException {
            return DescriptorSockets.selector();
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

    /** Of {@code struct sockaddr_un} on Linux, with the zero at its end. */
    private static final int PATH_MAX = 108;

    /**
     * A socket that listens, in place of what stood there.
     *
     * @throws IllegalArgumentException in QEMU's words, if there can be none
     */
    ServerSocketChannel bind(Path socket) {
        try {
            if (!Files.isDirectory(socket)) {
                Files.deleteIfExists(socket);
            }
            return listen(socket);
        } catch (IOException | UnsupportedOperationException e) {
            throw new IllegalArgumentException("Failed to bind socket to " + socket + ": " + reason(socket, e), e);
        } catch (LinkageError e) {
            throw new IllegalArgumentException(
                    "open files can't be received here (" + e.getMessage() + "): give --no-descriptors", e);
        }
    }

    private static String reason(Path socket, Exception e) {
        Path folder = socket.toAbsolutePath().getParent();
        if (!Files.isDirectory(folder)) {
            return Errno.ENOENT.text();
        }
        if (Files.isDirectory(socket)) {
            return Errno.EISDIR.text();
        }
        if (socket.toString().length() >= PATH_MAX) {
            return "the path must be less than " + PATH_MAX + " bytes long";
        }
        return Files.isWritable(folder) ? e.getMessage() : Errno.EACCES.text();
    }

    /** What waits for these sockets. */
    abstract Selector selector() throws IOException;

    abstract ServerSocketChannel listen(Path socket) throws IOException;

    abstract void prepare(SocketChannel client);

    abstract List<ReceivedFile> received(SocketChannel client) throws IOException;
}
