package dev.blockcopy.engine.image;

import dev.blockcopy.engine.image.FileStatus.Type;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The questions to a destination that exists, in the order in which they may be asked: it is opened only after it is
 * proven not to be the source or a file of our own.
 */
final class ExistingDestination {

    private static final long SECTOR_BYTES = 512;

    private final FileCalls calls;
    private final DestinationRequest request;
    private final Path path;
    private final FileStatus status;
    private final List<String> leftToQemu = new ArrayList<>();

    ExistingDestination(FileCalls calls, DestinationRequest request, Path path, FileStatus status) {
        this.calls = calls;
        this.request = request;
        this.path = path;
        this.status = status;
    }

    DestinationVerdict verdict(SourceFiles source) throws IOException {
        leftToQemu.addAll(source.unseen());
        List<Question> questions = List.of(
                this::kind,
                () -> sameAsSource(source),
                this::offLimits,
                this::consent,
                this::hostUse,
                this::use,
                this::content,
                this::durability);
        for (Question question : questions) {
            Optional<Refusal> refusal = question.ask();
            if (refusal.isPresent()) {
                return refusal.get();
            }
        }
        return new DestinationVerdict.Existing(nameForQemu(), status.identity(), leftToQemu);
    }

    private Optional<Refusal> kind() {
        if (status.is(Type.DIRECTORY)) {
            return refuse("is a directory", "name a file in it");
        }
        boolean image = status.is(Type.REGULAR) || status.is(Type.BLOCK_DEVICE);
        return image ? Optional.empty() : refuse("is neither a file nor a block device", "choose another name");
    }

    private Optional<Refusal> sameAsSource(SourceFiles source) throws IOException {
        Optional<String> same = source.sameAs(calls, status.identity());
        return same.flatMap(name -> refuse("is the same file as the source's '" + name + "'", "choose another file"));
    }

    private Optional<Refusal> offLimits() throws IOException {
        for (Path own : request.offLimits()) {
            boolean same = calls.status(own)
                    .map(FileStatus::identity)
                    .filter(status.identity()::equals)
                    .isPresent();
            if (same) {
                return refuse("is a file of blockcopy itself", "choose another file");
            }
        }
        return Optional.empty();
    }

    private Optional<Refusal> consent() {
        if (status.is(Type.BLOCK_DEVICE) || request.reuseExternal()) {
            return Optional.empty();
        }
        String reason = status.sizeBytes() == 0 ? "exists already (empty)" : "exists already";
        return refuse(reason, "choose another name, or use --reuse-external to have the copy written into it");
    }

    private Optional<Refusal> hostUse() throws IOException {
        if (!status.is(Type.BLOCK_DEVICE)) {
            return Optional.empty();
        }
        return calls.hostUse(status.identity()).flatMap(use -> refuse(use, "release it or choose another device"));
    }

    private Optional<Refusal> use() {
        try {
            return switch (calls.use(path)) {
                case FREE -> Optional.empty();
                case IN_USE -> refuse("is in use by another process", "end that use or choose another file");
                case UNKNOWN -> noLocks();
            };
        } catch (IOException e) {
            String reason = "cannot be opened for writing: " + Refusal.reason(e);
            return Optional.of(Refusal.environment(path, reason, "change its permissions or choose another file"));
        }
    }

    private Optional<Refusal> noLocks() {
        leftToQemu.add("whether '" + path + "' is in use: its file system has no locks");
        return Optional.empty();
    }

    private Optional<Refusal> content() throws IOException {
        return switch (request.format()) {
            case RAW -> rawSize();
            case QCOW2 -> qcow2Size();
        };
    }

    /** QEMU rounds the size of a raw file up to a sector. */
    private Optional<Refusal> rawSize() throws IOException {
        long bytes = status.is(Type.BLOCK_DEVICE) ? calls.sizeOfBlockDevice(path) : status.sizeBytes();
        long sizeBytes = (bytes + SECTOR_BYTES - 1) / SECTOR_BYTES * SECTOR_BYTES;
        return otherSize(sizeBytes, "make it exactly as large (truncate -s " + request.virtualSizeBytes() + ")");
    }

    private Optional<Refusal> qcow2Size() throws IOException {
        Optional<Qcow2Header> header = Qcow2Header.read(calls.head(path, Qcow2Header.LENGTH_BYTES));
        String remedy = "make one (qemu-img create -f qcow2 FILE " + request.virtualSizeBytes() + ")";
        if (header.isEmpty()) {
            return refuse("is no qcow2 image", remedy);
        }
        return otherSize(header.get().virtualSizeBytes(), remedy);
    }

    private Optional<Refusal> otherSize(long sizeBytes, String remedy) {
        if (sizeBytes == request.virtualSizeBytes()) {
            return Optional.empty();
        }
        return refuse("has " + sizeBytes + " bytes, the source's disk " + request.virtualSizeBytes(), remedy);
    }

    /** What was made just now, by whomever, survives a loss of power as a file that we made does. */
    private Optional<Refusal> durability() throws IOException {
        if (status.is(Type.REGULAR)) {
            Path real = calls.resolve(path);
            try {
                calls.sync(real);
                calls.sync(real.getParent());
            } catch (IOException e) {
                leftToQemu.add("whether '" + path + "' survives a loss of power: " + Refusal.reason(e));
            }
        }
        return Optional.empty();
    }

    /**
     * A device keeps the name it was given, which outlives a reboot; a file gets its real one, for a name such as
     * {@code /proc/self/fd/5} means another file to QEMU.
     */
    private Path nameForQemu() throws IOException {
        boolean plain = path.equals(path.normalize()) && path.startsWith("/dev") && !path.startsWith("/dev/fd");
        return plain && status.is(Type.BLOCK_DEVICE) ? path : calls.resolve(path);
    }

    private Optional<Refusal> refuse(String reason, String remedy) {
        return Optional.of(Refusal.input(path, reason, remedy));
    }

    /** One question; its answer is a refusal or nothing. */
    private interface Question {
        Optional<Refusal> ask() throws IOException;
    }
}
