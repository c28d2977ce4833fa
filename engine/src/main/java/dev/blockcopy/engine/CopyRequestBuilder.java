package dev.blockcopy.engine;

import dev.blockcopy.engine.image.ImageFormat;
import dev.blockcopy.model.lifecycle.Facts.Wish;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** Builds a {@link CopyRequest}; each method is named after the component that it sets. Not thread-safe. */
public final class CopyRequestBuilder {
    private final Path monitor;
    private final String disk;
    private final Path destination;
    private final ImageFormat format;
    private boolean shallow;
    private boolean reuseExternal;
    private Wish wish = Wish.STAY;
    private boolean pause = true;
    private boolean pendingFirst;
    private Duration maxPause = CopyRequest.MAX_PAUSE_DEFAULT;
    private boolean atomic;
    private boolean synchronousWrites;
    private OptionalLong speed = OptionalLong.empty();
    private OptionalLong granularity = OptionalLong.empty();
    private OptionalLong bufSize = OptionalLong.empty();
    private Optional<String> jobId = Optional.empty();

    CopyRequestBuilder(Path monitor, String disk, Path destination, ImageFormat format) {
        this.monitor = monitor;
        this.disk = disk;
        this.destination = destination;
        this.format = format;
    }

    public CopyRequestBuilder shallow() {
        shallow = true;
        return this;
    }

    public CopyRequestBuilder reuseExternal() {
        reuseExternal = true;
        return this;
    }

    public CopyRequestBuilder wish(Wish wanted) {
        wish = wanted;
        return this;
    }

    /** The guest runs on around the pivot: without the seal. */
    public CopyRequestBuilder withoutPause() {
        pause = false;
        return this;
    }

    /** What is left is carried over while the guest runs on, and it is paused once both images are equal. */
    public CopyRequestBuilder pendingFirst() {
        pendingFirst = true;
        return this;
    }

    public CopyRequestBuilder maxPause(Duration longest) {
        maxPause = longest;
        return this;
    }

    /** Only with a QEMU whose pivot can't leave the guest without a disk. */
    public CopyRequestBuilder atomic() {
        atomic = true;
        return this;
    }

    public CopyRequestBuilder synchronousWrites() {
        synchronousWrites = true;
        return this;
    }

    public CopyRequestBuilder speed(long bytesPerSecond) {
        speed = OptionalLong.of(bytesPerSecond);
        return this;
    }

    public CopyRequestBuilder granularity(long bytes) {
        granularity = OptionalLong.of(bytes);
        return this;
    }

    public CopyRequestBuilder bufSize(long bytes) {
        bufSize = OptionalLong.of(bytes);
        return this;
    }

    public CopyRequestBuilder jobId(String id) {
        jobId = Optional.of(id);
        return this;
    }

    public CopyRequest build() {
        return new CopyRequest(
                monitor,
                disk,
                destination,
                format,
                shallow,
                reuseExternal,
                wish,
                pause,
                pendingFirst,
                maxPause,
                atomic,
                synchronousWrites,
                speed,
                granularity,
                bufSize,
                jobId);
    }
}
