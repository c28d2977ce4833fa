package dev.blockcopy.engine.command;

import dev.blockcopy.engine.CopyRefusedException;
import dev.blockcopy.engine.CopyRefusedException.Kind;
import dev.blockcopy.engine.CopyRequest;
import dev.blockcopy.engine.image.ImageFormat;
import dev.blockcopy.model.lifecycle.Facts.Wish;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What is to be copied, and how. */
final class CopyOptions {
    @Option(names = "--qmp", required = true, paramLabel = "SOCK", description = "The UNIX socket of QEMU's monitor.")
    private Path monitor;

    @Option(
            names = "--disk",
            required = true,
            paramLabel = "DISK",
            description = "A drive id, a device id or QOM path, or a node name; @|bold blockcopy probe|@ lists them.")
    private String disk;

    @Option(names = "--dest", required = true, paramLabel = "FILE", description = "The image to copy to, absolute.")
    private Path destination;

    @Option(
            names = "--format",
            required = true,
            paramLabel = "raw|qcow2",
            converter = ImageFormatConverter.class,
            description = "The destination's format. It is never guessed from the content of a file.")
    private ImageFormat format;

    @Option(names = "--shallow", description = "Copy the top image only; the copy shares the source's backing image.")
    private boolean shallow;

    @Option(
            names = "--reuse-external",
            description = "The destination exists and is used as it is. Without it the destination must not exist.")
    private boolean reuseExternal;

    @Option(
            names = "--bandwidth",
            paramLabel = "RATE",
            converter = RateConverter.class,
            description = "Bytes a second, such as 50MiB/s. (A bare number is bytes; virsh takes MiB/s.) Default: no"
                    + " limit.")
    private Long bandwidth;

    @Option(
            names = "--granularity",
            paramLabel = "SIZE",
            converter = SizeConverter.class,
            description = "What one bit of the dirty bitmap stands for; a power of two, 512 to 64MiB.")
    private Long granularity;

    @Option(
            names = "--buf-size",
            paramLabel = "SIZE",
            converter = SizeConverter.class,
            description = "How much is in flight at once.")
    private Long bufSize;

    @Option(names = "--synchronous-writes", description = "Let the guest's writes wait for both images.")
    private boolean synchronousWrites;

    @Option(
            names = "--no-pause",
            description = "Don't pause the guest around the pivot. Price: should QEMU die at that very moment, it can't"
                    + " be told which image is the disk.")
    private boolean noPause;

    @Option(
            names = "--pending-first",
            description = "Let QEMU carry over what is left while the guest runs on, and pause it only when both images"
                    + " are equal and its writes wait. For large backlogs. Price: should blockcopy die just then, the"
                    + " guest runs but hangs; and QEMU 7.2 was seen to abort at the switch where a write of the guest was"
                    + " waiting (nothing acknowledged is lost, the source is the disk).")
    private boolean pendingFirst;

    @Option(
            names = "--atomic",
            description = "Refuse a QEMU whose pivot can leave the guest without a disk: one from 2012 with nothing but"
                    + " drive-reopen. Today's QEMU always meets this.")
    private boolean atomic;

    @Option(
            names = "--max-pause",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description =
                    "How long the guest may be paused; on expiry it goes back to the source, as soon as QEMU obeys:"
                            + " its 'stop' writes back what is cached, and can't be cut short. Default: 10s.")
    private Duration maxPause;

    @Option(
            names = "--job-id",
            paramLabel = "ID",
            description = "The name of the job, here and in QEMU. Default: copy-DISK-NONCE.")
    private String jobId;

    CopyRequest request(Wish wish) throws CopyRefusedException {
        if (noPause && maxPause != null) {
            throw new CopyRefusedException(Kind.INPUT, "--max-pause has no meaning with --no-pause: leave one out");
        }
        return new CopyRequest(
                Paths.socket(monitor),
                disk,
                Paths.image(destination),
                format,
                shallow,
                reuseExternal,
                wish,
                !noPause,
                pendingFirst,
                maxPause == null ? CopyRequest.MAX_PAUSE_DEFAULT : maxPause,
                atomic,
                synchronousWrites,
                optional(bandwidth),
                optional(granularity),
                optional(bufSize),
                Optional.ofNullable(jobId));
    }

    private static OptionalLong optional(Long number) {
        return number == null ? OptionalLong.empty() : OptionalLong.of(number);
    }

    /** Bytes. */
    static final class SizeConverter implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            return converted(() -> Quantities.size(text));
        }
    }

    /** Bytes a second. */
    static final class RateConverter implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            return converted(() -> Quantities.rate(text));
        }
    }

    /** A time span. */
    static final class DurationConverter implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            return converted(() -> Quantities.duration(text));
        }
    }

    private static <T> T converted(java.util.function.Supplier<T> conversion) {
        try {
            return conversion.get();
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
