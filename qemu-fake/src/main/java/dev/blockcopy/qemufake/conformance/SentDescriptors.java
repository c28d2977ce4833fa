package dev.blockcopy.qemufake.conformance;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Open files that a client sends along with its bytes. */
final class SentDescriptors implements AutoCloseable {
    private final List<AutoCloseable> files = new ArrayList<>();
    private final List<FileDescriptor> descriptors = new ArrayList<>();

    static SentDescriptors open(Path file, String mode, int count) throws IOException {
        SentDescriptors sent = new SentDescriptors();
        for (int i = 0; i < count; i++) {
            sent.add(file, mode);
        }
        return sent;
    }

    private void add(Path file, String mode) throws IOException {
        switch (mode) {
            case "r" -> {
                FileInputStream in = new FileInputStream(file.toFile());
                files.add(in);
                descriptors.add(in.getFD());
            }
            case "w" -> {
                FileOutputStream out = new FileOutputStream(file.toFile(), true);
                files.add(out);
                descriptors.add(out.getFD());
            }
            default -> {
                RandomAccessFile both = new RandomAccessFile(file.toFile(), "rw");
                files.add(both);
                descriptors.add(both.getFD());
            }
        }
    }

    List<FileDescriptor> all() {
        return descriptors;
    }

    @Override
    public void close() throws IOException {
        for (AutoCloseable file : files) {
            try {
                file.close();
            } catch (IOException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
