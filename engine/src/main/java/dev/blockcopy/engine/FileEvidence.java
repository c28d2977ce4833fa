package dev.blockcopy.engine;

import dev.blockcopy.model.lifecycle.Trigger;
import dev.blockcopy.model.qmp.BlockInfo;
import java.util.Optional;

/**
 * Which image the guest's disk leads to where nodes have no names: by the name of the file in {@code query-block}, as
 * QEMU was told it. Nothing in there is ours alone, so a QEMU that was started anew with the same images looks the same.
 */
final class FileEvidence {
    private FileEvidence() {}

    /** One of ON_SOURCE, ON_DESTINATION, NO_MEDIUM and ON_ANOTHER. */
    static Trigger of(CopySpec spec, Object queryBlock) {
        Optional<BlockInfo> disk = BlockInfo.listFrom(queryBlock).stream()
                .filter(row -> GraphEvidence.isBackend(row, spec.backend()))
                .findFirst();
        if (disk.isEmpty()) {
            return Trigger.ON_ANOTHER;
        }
        return disk.get().inserted() == null
                ? Trigger.NO_MEDIUM
                : ofFile(spec, disk.get().inserted().file());
    }

    static Trigger ofFile(CopySpec spec, String file) {
        if (file.equals(spec.destination().path().toString())) {
            return Trigger.ON_DESTINATION;
        }
        return file.equals(spec.source().file()) ? Trigger.ON_SOURCE : Trigger.ON_ANOTHER;
    }

    /** The same, by whatever path the file is named. */
    static Trigger ofAnyName(CopySpec spec, String file) {
        Trigger byName = ofFile(spec, file);
        if (byName != Trigger.ON_ANOTHER) {
            return byName;
        }
        if (SameFile.is(file, spec.destination().path().toString())) {
            return Trigger.ON_DESTINATION;
        }
        return SameFile.is(file, spec.source().file()) ? Trigger.ON_SOURCE : Trigger.ON_ANOTHER;
    }
}
