package dev.blockcopy.engine.image;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The file calls on the Linux host itself. Thread-safe, holds nothing. */
public final class SystemFileCalls implements FileCalls {

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final int TYPE_MASK = 0xf000;

    @Override
    public Optional<FileStatus> status(Path name) throws IOException {
        return statusOf(name);
    }

    @Override
    public Optional<FileStatus> statusOfName(Path name) throws IOException {
        return statusOf(name, NOFOLLOW_LINKS);
    }

    @Override
    public Path resolve(Path name) throws IOException {
        return name.toRealPath();
    }

    @Override
    public boolean canWriteDirectory(Path directory) {
        return Files.isWritable(directory) && Files.isExecutable(directory);
    }

    @Override
    public long sizeOfBlockDevice(Path device) throws IOException {
        try (FileChannel channel = FileChannel.open(device, READ)) {
            return channel.size();
        }
    }

    @Override
    public byte[] head(Path file, int lengthBytes) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(lengthBytes);
        }
    }

    @Override
    public ImageUse use(Path file) throws IOException {
        return ImageLocks.inUse(file);
    }

    @Override
    public Optional<String> hostUse(FileIdentity blockDevice) throws IOException {
        return HostBlockDevices.use(blockDevice);
    }

    @Override
    public List<Path> filesUnder(FileIdentity blockDevice) throws IOException {
        return HostBlockDevices.filesUnder(blockDevice);
    }

    @Override
    public void createNew(Path name) throws IOException {
        FileChannel.open(name, Set.of(CREATE_NEW, WRITE), PosixFilePermissions.asFileAttribute(OWNER_ONLY))
                .close();
    }

    /** The mode comes last, so that nobody reads the file who may not read the model. */
    @Override
    public void adopt(Path file, Path model) throws IOException {
        PosixFileAttributes wanted = Files.readAttributes(model, PosixFileAttributes.class);
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class, NOFOLLOW_LINKS);
        PosixFileAttributes is = view.readAttributes();
        boolean owned = is.owner().equals(wanted.owner()) || succeeds(() -> view.setOwner(wanted.owner()));
        boolean grouped = is.group().equals(wanted.group()) || succeeds(() -> view.setGroup(wanted.group()));
        if (owned && grouped) {
            Files.setPosixFilePermissions(file, withoutExecution(wanted.permissions()));
        }
    }

    @Override
    public void extend(Path file, long sizeBytes) throws IOException {
        try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw")) {
            if (opened.length() < sizeBytes) {
                opened.setLength(sizeBytes);
            }
        }
    }

    /** A channel open for reading is enough for fsync, and the only kind that a directory has. */
    @Override
    public void sync(Path fileOrDirectory) throws IOException {
        try (FileChannel channel = FileChannel.open(fileOrDirectory, READ)) {
            channel.force(true);
        }
    }

    @Override
    public void link(Path existing, Path name) throws IOException {
        try {
            Files.createLink(name, existing);
        } catch (UnsupportedOperationException e) {
            throw new FileSystemException(name.toString(), existing.toString(), "no hard links");
        }
    }

    @Override
    public void delete(Path name) throws IOException {
        Files.delete(name);
    }

    private static Optional<FileStatus> statusOf(Path name, LinkOption... options) throws IOException {
        try {
            return Optional.of(statusFrom(Files.readAttributes(name, "unix:dev,ino,rdev,mode,size", options)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (FileSystemException e) {
            if (Files.isRegularFile(name.getParent())) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static FileStatus statusFrom(Map<String, Object> unix) {
        FileStatus.Type type = type((Integer) unix.get("mode"));
        FileIdentity identity = type == FileStatus.Type.BLOCK_DEVICE
                ? FileIdentity.ofBlockDevice((Long) unix.get("rdev"))
                : FileIdentity.ofFile((Long) unix.get("dev"), (Long) unix.get("ino"));
        return new FileStatus(identity, type, type == FileStatus.Type.REGULAR ? (Long) unix.get("size") : 0);
    }

    /** The type bits of {@code st_mode}, see inode(7). */
    private static FileStatus.Type type(int mode) {
        return switch (mode & TYPE_MASK) {
            case 0x8000 -> FileStatus.Type.REGULAR;
            case 0x4000 -> FileStatus.Type.DIRECTORY;
            case 0x6000 -> FileStatus.Type.BLOCK_DEVICE;
            case 0xa000 -> FileStatus.Type.SYMBOLIC_LINK;
            default -> FileStatus.Type.OTHER;
        };
    }

    private static Set<PosixFilePermission> withoutExecution(Set<PosixFilePermission> permissions) {
        Set<PosixFilePermission> kept = EnumSet.copyOf(OWNER_ONLY);
        kept.addAll(permissions);
        kept.removeAll(PosixFilePermissions.fromString("--x--x--x"));
        return kept;
    }

    private static boolean succeeds(Attempt attempt) {
        try {
            attempt.run();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** A call that may be refused. */
    private interface Attempt {
        void run() throws IOException;
    }
}
