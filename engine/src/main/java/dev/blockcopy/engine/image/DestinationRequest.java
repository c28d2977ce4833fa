package dev.blockcopy.engine.image;

import java.nio.file.Path;
import java.util.List;

/**
 * What a user asks of a destination, beside what is known of the source.
 *
 * @param destination the name as given
 * @param format the format it has or will get
 * @param virtualSizeBytes size of the source's disk as the guest sees it
 * @param reuseExternal whether an existing destination may be overwritten
 * @param sourceChain names of every file under the source, backing files too, as QEMU tells them
 * @param offLimits files of our own that must not be touched, such as the job store
 */
public record DestinationRequest(
        String destination,
        ImageFormat format,
        long virtualSizeBytes,
        boolean reuseExternal,
        List<String> sourceChain,
        List<Path> offLimits) {

    /** Keeps copies of the lists. */
    public DestinationRequest {
        sourceChain = List.copyOf(sourceChain);
        offLimits = List.copyOf(offLimits);
    }
}
