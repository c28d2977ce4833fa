package dev.blockcopy.engine.descriptors;

import dev.blockcopy.engine.qmp.QmpSockets;
import java.io.FileDescriptor;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.newsclub.net.unix.AFUNIXSocketAddress;
import org.newsclub.net.unix.AFUNIXSocketChannel;
import org.newsclub.net.unix.ConnectionRefusedSocketException;

/** UNIX sockets whose bytes may take open files along (SCM_RIGHTS). */
public final class DescriptorSockets implements QmpSockets {
    @Override
    public SocketChannel connect(Path socket) throws IOException {
        AFUNIXSocketChannel channel = AFUNIXSocketChannel.open();
        try {
            channel.configureBlocking(false);
            if (!channel.connect(AFUNIXSocketAddress.of(socket))) {
                throw new IOException("the connection is not made at once");
            }
            return channel;
        } catch (ConnectionRefusedSocketException e) {
            channel.close();
            throw (ConnectException) new ConnectException(e.getMessage()).initCause(e);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public void attach(SocketChannel channel, FileDescriptor file) throws IOException {
        ((AFUNIXSocketChannel) channel).setOutboundFileDescriptors(file);
    }
}
