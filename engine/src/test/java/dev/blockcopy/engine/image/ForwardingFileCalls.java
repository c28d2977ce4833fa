package dev.blockcopy.engine.image;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The real calls, for tests that change a few of them. */
class ForwardingFileCalls implements FileCalls {

    private final FileCalls real = new SystemFileCalls();

    /** Called before each call, with its name. */
    void before(String call) {}

    /** Called after each call that succeeded. */
    void after(String call) {}

    @Override
    public Optional<FileStatus> status(Path name) throws IOException {
        return real.status(name);
    }

    @Override
    public Optional<FileStatus> statusOfName(Path name) throws IOException {
        return perform("statusOfName", () -> real.statusOfName(name));
    }

    @Override
    public Path resolve(Path name) throws IOException {
        return real.resolve(name);
    }

    @Override
    public boolean canWriteDirectory(Path directory) {
        return real.canWriteDirectory(directory);
    }

    @Override
    public long sizeOfBlockDevice(Path device) throws IOException {
        return real.sizeOfBlockDevice(device);
    }

    @Override
    public byte[] head(Path file, int lengthBytes) throws IOException {
        return real.head(file, lengthBytes);
    }

    @Override
    public ImageUse use(Path file) throws IOException {
        return perform("use", () -> real.use(file));
    }

    @Override
    public Optional<String> hostUse(FileIdentity blockDevice) throws IOException {
        return real.hostUse(blockDevice);
    }

    @Override
    public List<Path> filesUnder(FileIdentity blockDevice) throws IOException {
        return real.filesUnder(blockDevice);
    }

    @Override
    public void createNew(Path name) throws IOException {
        perform("createNew", () -> {
            real.createNew(name);
            return null;
        });
    }

    @Override
    public void adopt(Path file, Path model) throws IOException {
        perform("adopt", () -> {
            real.adopt(file, model);
            return null;
        });
    }

    @Override
    public void extend(Path file, long sizeBytes) throws IOException {
        perform("extend", () -> {
            real.extend(file, sizeBytes);
            return null;
        });
    }

    @Override
    public void sync(Path fileOrDirectory) throws IOException {
        perform("sync " + fileOrDirectory.getFileName(), () -> {
            real.sync(fileOrDirectory);
            return null;
        });
    }

    @Override
    public void link(Path existing, Path name) throws IOException {
        perform("link", () -> {
            real.link(existing, name);
            return null;
        });
    }

    @Override
    public void delete(Path name) throws IOException {
        perform("delete", () -> {
            real.delete(name);
            return null;
        });
    }

    private <T> T perform(String name, Call<T> call) throws IOException {
        before(name);
        T result = call.run();
        after(name);
        return result;
    }

    /** One forwarded call. */
    private interface Call<T> {
        T run() throws IOException;
    }
}
