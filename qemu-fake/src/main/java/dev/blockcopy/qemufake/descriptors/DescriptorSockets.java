package dev.blockcopy.qemufake.descriptors;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.newsclub.net.unix.AFUNIXSelectorProvider;
import org.newsclub.net.unix.AFUNIXServerSocketChannel;
import org.newsclub.net.unix.AFUNIXSocketAddress;
import org.newsclub.net.unix.AFUNIXSocketChannel;
import org.newsclub.net.unix.FileDescriptorCast;

/** Sockets whose bytes may take open files along, on either side. */
public final class DescriptorSockets {
    /** Room for as many descriptors as Linux lets one message carry. */
    private static final int ANCILLARY_BYTES = 4096;

    private DescriptorSockets() {}

    public static SocketChannel connect(Path socket) throws IOException {
        return AFUNIXSocketChannel.open(AFUNIXSocketAddress.of(socket));
    }

    /**
     * The next bytes that are written take these along.
     *
     * @param channel one from {@link #connect}
     * @param descriptors open files, which stay open here
     */
    public static void attach(SocketChannel channel, List<FileDescriptor> descriptors) throws IOException {
        ((AFUNIXSocketChannel) channel).setOutboundFileDescriptors(descriptors.toArray(FileDescriptor[]::new));
    }

    /** What waits for channels of these. */
    public static Selector selector() throws IOException {
        return AFUNIXSelectorProvider.provider().openSelector();
    }

    public static ServerSocketChannel listen(Path socket) throws IOException {
        AFUNIXServerSocketChannel listening = AFUNIXServerSocketChannel.open();
        listening.setDeleteOnClose(false);
        listening.bind(AFUNIXSocketAddress.of(socket));
        return listening;
    }

    /** Makes room for what an accepted client may send along. */
    public static void prepare(SocketChannel client) {
        ((AFUNIXSocketChannel) client).setAncillaryReceiveBufferSize(ANCILLARY_BYTES);
    }

    /** What has come along with the bytes read last: duplicates, for the library closes its own with the connection. */
    public static List<ReceivedFile> received(SocketChannel client) throws IOException {
        FileDescriptor[] descriptors = ((AFUNIXSocketChannel) client).getReceivedFileDescriptors();
        List<ReceivedFile> files = new ArrayList<>();
        if (descriptors != null) {
            for (FileDescriptor descriptor : descriptors) {
                files.add(new ReceivedFile(
                        FileDescriptorCast.duplicating(descriptor).getFileDescriptor()));
                new FileInputStream(descriptor).close();
            }
        }
        return files;
    }
}
