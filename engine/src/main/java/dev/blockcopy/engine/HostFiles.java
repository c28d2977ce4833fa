package dev.blockcopy.engine;

import dev.blockcopy.engine.image.FileCalls;
import dev.blockcopy.engine.image.FileIdentity;
import dev.blockcopy.engine.image.FileOutcome;
import dev.blockcopy.engine.image.ImageFormat;
import dev.blockcopy.engine.image.ImageUse;
import dev.blockcopy.engine.image.LeftOver;
import dev.blockcopy.engine.image.NewDestination;
import dev.blockcopy.engine.image.Refusal;
import dev.blockcopy.model.lifecycle.CopyEffect;
import dev.blockcopy.model.lifecycle.Trigger;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The files of this host. */
final class HostFiles implements FileWork {
    private final FileCalls calls;

    HostFiles(FileCalls calls) {
        this.calls = calls;
    }

    @Override
    public Sighting perform(CopyEffect effect, CopyJob job) {
        NewDestination file = new NewDestination(
                calls, job.spec().destination().path(), job.spec().nonce());
        return switch (effect) {
            case MAKE_FILE -> made(file.make(sizeBytes(job.spec()), modelOf(job.spec())));
            case PLACE_FILE -> made(file.place(FileIdentity.parse(job.findings().madeFile())));
            case REMOVE_FILE -> removed(file.discard(identityOf(job)));
            case MAKE_WITNESS, HAND_OVER_WITNESS, LOOK_AT_WITNESS -> Sighting.of(Trigger.REFUSED);
            default -> throw new IllegalArgumentException(effect + " is not an effect on files");
        };
    }

    private static Sighting made(FileOutcome outcome) {
        if (outcome instanceof FileOutcome.Done done) {
            String identity = done.identity().text();
            return new Sighting(Trigger.DONE, findings -> findings.withMadeFile(identity));
        }
        return Sighting.withError(Trigger.REFUSED, ((Refusal) outcome).message());
    }

    private static Sighting removed(List<LeftOver> leftOver) {
        return new Sighting(leftOver.isEmpty() ? Trigger.DONE : Trigger.REFUSED, findings -> {
            Findings noted = findings;
            for (LeftOver left : leftOver) {
                noted = noted.withLeftOver(left.path() + ": " + left.why());
            }
            return noted;
        });
    }

    private static Optional<FileIdentity> identityOf(CopyJob job) {
        String identity = job.findings().madeFile();
        return identity.isEmpty() ? Optional.empty() : Optional.of(FileIdentity.parse(identity));
    }

    private static long sizeBytes(CopySpec spec) {
        return spec.destination().format() == ImageFormat.RAW ? spec.source().virtualSizeBytes() : 0;
    }

    /** The new file belongs to whom the source belongs, so that QEMU may open it. */
    private static Optional<Path> modelOf(CopySpec spec) {
        return spec.source().chain().stream().findFirst();
    }

    @Override
    public boolean isInUse(CopySpec spec) {
        return isLocked(spec.destination().path())
                || spec.source().chain().stream()
                        .findFirst()
                        .map(this::isLocked)
                        .orElse(false);
    }

    /** A file that can't be looked at is not known to be in use. */
    private boolean isLocked(Path path) {
        try {
            return calls.use(path) == ImageUse.IN_USE;
        } catch (IOException e) {
            return false;
        }
    }
}
