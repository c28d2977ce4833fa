package dev.blockcopy.engine;

import dev.blockcopy.engine.image.FileCalls;
import dev.blockcopy.engine.image.FileIdentity;
import dev.blockcopy.engine.image.FileOutcome;
import dev.blockcopy.engine.image.ImageFormat;
import dev.blockcopy.engine.image.ImageUse;
import dev.blockcopy.engine.image.LeftOver;
import dev.blockcopy.engine.image.NewDestination;
import dev.blockcopy.engine.image.Refusal;
import dev.blockcopy.engine.image.WitnessFile;
import dev.blockcopy.model.lifecycle.CopyEffect;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.Trigger;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The files of this host. */
final class HostFiles implements FileWork {
    private final FileCalls calls;
    private final Optional<Path> store;
    private final String boot;

    /**
     * The files beside which a job's own are.
     *
     * @param store the file of the jobs' store, beside which witnesses are put; without one there are none
     * @param boot the present run of the host's kernel, unlike any other
     */
    HostFiles(FileCalls calls, Optional<Path> store, String boot) {
        this.calls = calls;
        this.store = store;
        this.boot = boot;
    }

    @Override
    public Sighting perform(CopyEffect effect, CopyJob job) {
        NewDestination file = new NewDestination(
                calls, job.spec().destination().path(), job.spec().nonce());
        return switch (effect) {
            case MAKE_FILE -> made(file.make(sizeBytes(job.spec()), modelOf(job.spec())));
            case PLACE_FILE -> made(file.place(FileIdentity.parse(job.findings().madeFile())));
            case REMOVE_FILE -> removed(file.discard(identityOf(job)));
            case MAKE_WITNESS, LOOK_AT_WITNESS, REMOVE_WITNESS ->
                witnessOf(job.spec())
                        .map(witness -> perform(effect, witness, job.findings()))
                        .orElse(Sighting.of(effect == CopyEffect.REMOVE_WITNESS ? Trigger.DONE : Trigger.REFUSED));
            default -> throw new IllegalArgumentException(effect + " is not an effect on files");
        };
    }

    private Sighting perform(CopyEffect effect, WitnessFile witness, Findings found) {
        try {
            if (effect == CopyEffect.REMOVE_WITNESS) {
                return removed(witness.remove());
            }
            if (effect == CopyEffect.LOOK_AT_WITNESS) {
                return seen(witness, found);
            }
            witness.make();
            return new Sighting(Trigger.DONE, findings -> findings.withWitnessBoot(boot));
        } catch (IOException e) {
            return Sighting.withError(Trigger.REFUSED, "the witness: " + e.getMessage());
        }
    }

    /** QEMU does not mind whether its byte is synced, so that a host's restart can undo it. */
    private Sighting seen(WitnessFile witness, Findings found) throws IOException {
        if (witness.isWritten()) {
            return Sighting.of(Trigger.WITNESS_WRITTEN);
        }
        return found.witnessBoot().equals(boot)
                ? Sighting.of(Trigger.WITNESS_EMPTY)
                : Sighting.withError(
                        Trigger.REFUSED,
                        "the witness " + witness.path()
                                + " is empty, but the host was restarted since: its byte may have been lost");
    }

    private Optional<WitnessFile> witnessOf(CopySpec spec) {
        return store.map(file -> new WitnessFile(calls, file, spec.nonce()));
    }

    @Override
    public Optional<Path> witness(CopySpec spec) {
        return witnessOf(spec).map(WitnessFile::path);
    }

    /** What a job's witness says to people; empty where the job has none. */
    Optional<String> witnessSays(CopyJob job) {
        if (job.facts().get(Facts.WITNESS) != Facts.Witness.GIVEN) {
            return Optional.empty();
        }
        return witnessOf(job.spec()).map(witness -> {
            Sighting seen = perform(CopyEffect.LOOK_AT_WITNESS, witness, job.findings());
            return switch (seen.trigger()) {
                case WITNESS_WRITTEN ->
                    "the witness " + witness.path()
                            + " holds its byte: QEMU had the destination open, and the guest may have written to it";
                case WITNESS_EMPTY ->
                    "the witness " + witness.path() + " is empty: the guest has written nothing to the destination yet";
                default -> seen.found().apply(Findings.NONE).error();
            };
        });
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

    /** What can't be seen here may be in use elsewhere: in another mount namespace, or where this user may not look. */
    @Override
    public Optional<String> mayBeInUse(CopyJob job) {
        CopySpec spec = job.spec();
        Path destination = spec.destination().path();
        boolean isPivoted = job.facts().get(Facts.OUTCOME) == Facts.Outcome.PIVOTED;
        boolean mayHaveSwitched = isPivoted || job.facts().get(Facts.SWITCH_TOLD);
        Optional<Path> source = spec.source().chain().stream().findFirst();
        return (source.isPresent() ? mayBeInUse(source.get(), !isPivoted) : mayBeInUseUnseen(spec, !isPivoted))
                .or(() -> mayBeInUse(destination, mayHaveSwitched));
    }

    /** A source that is no file shows nobody that it is open; then only a socket that is there and refuses says that QEMU ended. */
    private Optional<String> mayBeInUseUnseen(CopySpec spec, boolean isNeeded) {
        try {
            return !isNeeded || calls.status(spec.monitor()).isPresent()
                    ? Optional.empty()
                    : Optional.of(unseen(spec, "is not there"));
        } catch (IOException e) {
            return Optional.of(unseen(spec, "can't be looked at (" + Refusal.reason(e) + ")"));
        }
    }

    private static String unseen(CopySpec spec, String socket) {
        return "whether " + spec.source().file()
                + " is open can't be told here, for it is no file of this host, and the"
                + " monitor's socket " + spec.monitor() + " " + socket
                + ": ask where it can be seen; if QEMU has surely ended, an empty file in the socket's place will do";
    }

    @Override
    public boolean isOnlySourceInUse(CopyJob job) {
        try {
            return calls.use(Path.of(job.spec().source().file())) == ImageUse.IN_USE
                    && calls.use(job.spec().destination().path()) == ImageUse.FREE;
        } catch (IOException e) {
            return false;
        }
    }

    /** @param isNeeded whether it has to be seen */
    private Optional<String> mayBeInUse(Path image, boolean isNeeded) {
        try {
            return calls.use(image) == ImageUse.IN_USE
                    ? Optional.of(image + " is still open in some process: if that is QEMU,"
                            + " say where its monitor is by now (--qmp), or end it")
                    : Optional.empty();
        } catch (IOException e) {
            return isNeeded ? Optional.of(hidden(image, e)) : Optional.empty();
        }
    }

    private static String hidden(Path image, IOException e) {
        String remedy = e instanceof NoSuchFileException
                ? "ask where it can be seen; if it was surely deleted, and QEMU has ended, an empty file in its place will do"
                : "ask as a user who may write it";
        return "whether " + image + " is open can't be told here (" + Refusal.reason(e) + "): " + remedy;
    }
}
