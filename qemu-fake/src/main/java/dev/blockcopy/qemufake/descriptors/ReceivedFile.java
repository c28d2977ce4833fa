package dev.blockcopy.qemufake.descriptors;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.newsclub.net.unix.FileDescriptorCast;

/** An open file that a client has sent; open here until it is closed. */
public final class ReceivedFile {
    /** The access mode in the flags of {@code fcntl}: 0 to read, 1 to write, 2 both. */
    private static final int ACCESS_MASK = 3;

    private static final int OCTAL = 8;
    private static final String FLAGS = "flags:";

    private final FileDescriptor descriptor;
    private final int number;

    ReceivedFile(FileDescriptor descriptor) throws IOException {
        this.descriptor = descriptor;
        this.number = FileDescriptorCast.using(descriptor).as(Integer.class);
    }

    /** A path to the file itself, whatever has become of its name. */
    public Path path() {
        return Path.of("/proc/self/fd/" + number);
    }

    /** How it was opened: 0 to read, 1 to write, 2 for both. */
    public int access() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/fdinfo/" + number))) {
            if (line.startsWith(FLAGS)) {
                return Integer.parseInt(line.substring(FLAGS.length()).strip(), OCTAL) & ACCESS_MASK;
            }
        }
        throw new IOException("no flags of descriptor " + number);
    }

    /** Writes one byte where the file stands. */
    @SuppressWarnings("resource") // closing the stream would close the file
    public void testify() throws IOException {
        new FileOutputStream(descriptor).write('1');
    }

    public void sync() throws IOException {
        descriptor.sync();
    }

    public void close() {
        try {
            new FileInputStream(descriptor).close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
