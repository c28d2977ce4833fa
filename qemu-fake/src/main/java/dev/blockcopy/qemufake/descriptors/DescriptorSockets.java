package dev.blockcopy.qemufake.descriptors;

import java.io.FileDescriptor;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import org.newsclub.net.unix.AFUNIXSocketAddress;
import org.newsclub.net.unix.AFUNIXSocketChannel;

/** The client's side: connects, and lets open files go along with bytes. */
public final class DescriptorSockets {
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
}
