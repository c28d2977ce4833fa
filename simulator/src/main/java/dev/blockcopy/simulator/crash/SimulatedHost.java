package dev.blockcopy.simulator.crash;

import dev.blockcopy.engine.image.FileCalls;
import dev.blockcopy.engine.image.FileIdentity;
import dev.blockcopy.engine.image.FileStatus;
import dev.blockcopy.engine.image.ImageUse;
import dev.blockcopy.qemufake.MemoryFiles;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The system calls of the engine on files in memory, each of which somebody may die before. */
final class SimulatedHost implements FileCalls {
    private static final FileIdentity DIRECTORY = FileIdentity.ofFile(1, Long.MAX_VALUE);

    private final MemoryFiles files;
    private final String directory;
    private final Predicate<String> isOpen;
    private final Fate fate;

    /**
     * Over files that outlive it.
     *
     * @param directory in which all of them are
     * @param isOpen whether a process has the file of this name open
     */
    SimulatedHost(MemoryFiles files, String directory, Predicate<String> isOpen, Fate fate) {
        this.files = files;
        this.directory = directory;
        this.isOpen = isOpen;
        this.fate = fate;
    }

    @Override
    public Optional<FileStatus> status(Path name) {
        String path = name.toString();
        if (path.equals(directory)) {
            return Optional.of(new FileStatus(DIRECTORY, FileStatus.Type.DIRECTORY, 0));
        }
        return files.has(path)
                ? Optional.of(new FileStatus(
                        FileIdentity.ofFile(1, files.identity(path)), FileStatus.Type.REGULAR, files.size(path)))
                : Optional.empty();
    }

    @Override
    public Optional<FileStatus> statusOfName(Path name) {
        return status(name);
    }

    @Override
    public Path resolve(Path name) {
        return name;
    }

    @Override
    public boolean canWriteDirectory(Path named) {
        return true;
    }

    @Override
    public long sizeOfBlockDevice(Path device) throws IOException {
        throw new NoSuchFileException(device.toString());
    }

    @Override
    public byte[] head(Path file, int lengthBytes) throws IOException {
        String path = existing(file);
        return Arrays.copyOf(files.read(path, 0, lengthBytes), (int) Math.min(lengthBytes, files.size(path)));
    }

    private String existing(Path file) throws NoSuchFileException {
        if (!files.has(file.toString())) {
            throw new NoSuchFileException(file.toString());
        }
        return file.toString();
    }

    @Override
    public ImageUse use(Path file) throws IOException {
        return isOpen.test(existing(file)) ? ImageUse.IN_USE : ImageUse.FREE;
    }

    @Override
    public Optional<String> hostUse(FileIdentity blockDevice) {
        return Optional.empty();
    }

    @Override
    public List<Path> filesUnder(FileIdentity blockDevice) {
        return List.of();
    }

    @Override
    public void createNew(Path name) throws IOException {
        isFree(name, "making");
        files.create(name.toString(), 0);
    }

    private void isFree(Path name, String what) throws FileAlreadyExistsException {
        about(what, name);
        if (files.has(name.toString())) {
            throw new FileAlreadyExistsException(name.toString());
        }
    }

    private void about(String what, Path name) {
        fate.instant(() ->
                what + " " + (name.getFileName().toString().startsWith(".") ? "the new file" : name.getFileName()));
    }

    @Override
    public void adopt(Path file, Path model) throws IOException {
        existing(file);
        existing(model);
    }

    @Override
    public void extend(Path file, long sizeBytes) throws IOException {
        about("extending", file);
        files.extend(existing(file), sizeBytes);
    }

    @Override
    public void sync(Path fileOrDirectory) throws IOException {
        about("syncing", fileOrDirectory);
        if (fileOrDirectory.toString().equals(directory)) {
            files.syncNames(directory);
        } else {
            files.sync(existing(fileOrDirectory));
        }
    }

    @Override
    public void link(Path existing, Path name) throws IOException {
        isFree(name, "naming");
        files.link(existing(existing), name.toString());
    }

    @Override
    public void delete(Path name) throws IOException {
        about("deleting", name);
        files.delete(existing(name));
    }
}
