package dev.blockcopy.engine;

import dev.blockcopy.engine.image.ImageFormat;
import dev.blockcopy.model.lifecycle.CopyEffect;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.qmp.BlockdevCreateOptions;
import dev.blockcopy.model.qmp.BlockdevDiscardOptions;
import dev.blockcopy.model.qmp.BlockdevDriver;
import dev.blockcopy.model.qmp.BlockdevMirror;
import dev.blockcopy.model.qmp.BlockdevMirrorBuilder;
import dev.blockcopy.model.qmp.BlockdevOptions;
import dev.blockcopy.model.qmp.BlockdevOptionsBuilder;
import dev.blockcopy.model.qmp.BlockdevRef;
import dev.blockcopy.model.qmp.MirrorCopyMode;
import dev.blockcopy.model.qmp.MirrorSyncMode;
import dev.blockcopy.model.qmp.QmpCommand;
import java.util.List;

/** The job API dialect: the words of QMP for each effect that QEMU carries out. */
final class Commands {
    private Commands() {}

    /** What is sent for an effect, in order; empty for an effect on the host's files. */
    static List<QmpCommand> of(CopyEffect effect, CopyJob job) {
        CopySpec spec = job.spec();
        return switch (effect) {
            case MAKE_FILE, PLACE_FILE, REMOVE_FILE -> List.of();
            case OPEN_FILE ->
                List.of(new QmpCommand.BlockdevAdd(
                        protocol(spec).nodeName(spec.bareNodeName()).build()));
            case FORMAT -> List.of(new QmpCommand.BlockdevCreate(spec.formatJobId(), format(spec)));
            case DISMISS_FORMAT -> List.of(new QmpCommand.JobDismiss(spec.formatJobId()));
            case CLOSE_FILE -> List.of(new QmpCommand.BlockdevDel(spec.bareNodeName()));
            case ATTACH -> List.of(new QmpCommand.BlockdevAdd(destination(spec)));
            case MIRROR -> List.of(mirror(spec, job.facts().get(Facts.SWITCH) == Facts.Switch.FINALIZE));
            case STOP -> List.of(new QmpCommand.Stop());
            case COMPLETE -> List.of(new QmpCommand.JobComplete(spec.id()));
            case FINALIZE -> List.of(new QmpCommand.JobFinalize(spec.id()));
            case MAKE_WITNESS, HAND_OVER_WITNESS, LOOK_AT_WITNESS, WITHDRAW_WITNESS, REMOVE_WITNESS, REOPEN ->
                throw new IllegalArgumentException("the job API has no " + effect.meaning());
            case CANCEL_SOFTLY -> List.of(new QmpCommand.BlockJobCancel(spec.id(), null));
            case CANCEL_BY_FORCE -> List.of(new QmpCommand.JobCancel(spec.id()));
            case CONT -> List.of(new QmpCommand.Cont());
            case DISMISS -> List.of(new QmpCommand.JobDismiss(spec.id()));
            case DETACH -> List.of(new QmpCommand.BlockdevDel(spec.nodeName()));
            case LOOK_AT_JOBS, LOOK_AT_BACKLOG, LOOK_AT_STEP -> List.of(new QmpCommand.QueryJobs());
            case LOOK_AT_GUEST -> List.of(new QmpCommand.QueryStatus());
            case LOOK_AT_GRAPH -> List.of(new QmpCommand.QueryBlock());
        };
    }

    private static BlockdevOptionsBuilder protocol(CopySpec spec) {
        String file = spec.destination().path().toString();
        return spec.destination().isBlockDevice() ? BlockdevOptions.hostDevice(file) : BlockdevOptions.file(file);
    }

    private static BlockdevCreateOptions format(CopySpec spec) {
        BlockdevRef file = BlockdevRef.node(spec.bareNodeName());
        long size = spec.source().virtualSizeBytes();
        String backing = spec.destination().backingFile();
        if (backing.isEmpty()) {
            return BlockdevCreateOptions.qcow2(file, size);
        }
        BlockdevDriver driver =
                spec.destination().backingFormat().equals("qcow2") ? BlockdevDriver.QCOW2 : BlockdevDriver.RAW;
        return BlockdevCreateOptions.overlay(file, size, backing, driver);
    }

    /**
     * The backing chain of a shallow copy is the source's own node: opened without it, the guest would read zeros from
     * the copy after the pivot; of a full copy there is none, whatever an old header says (seen on QEMU 7.2).
     */
    private static BlockdevOptions destination(CopySpec spec) {
        BlockdevRef file = BlockdevRef.of(protocol(spec)
                .nodeName(spec.fileNodeName())
                .discard(BlockdevDiscardOptions.UNMAP)
                .build());
        if (spec.destination().format() == ImageFormat.RAW) {
            return BlockdevOptions.raw(file)
                    .nodeName(spec.nodeName())
                    .discard(BlockdevDiscardOptions.UNMAP)
                    .build();
        }
        String backing = spec.options().shallow() ? spec.source().backingNodeName() : "";
        return BlockdevOptions.qcow2(file)
                .nodeName(spec.nodeName())
                .discard(BlockdevDiscardOptions.UNMAP)
                .backing(backing.isEmpty() ? BlockdevRef.NONE : BlockdevRef.node(backing))
                .build();
    }

    private static BlockdevMirror mirror(CopySpec spec, boolean pendingFirst) {
        CopySpec.Options options = spec.options();
        BlockdevMirrorBuilder mirror = BlockdevMirror.of(
                        spec.source().nodeName(),
                        spec.nodeName(),
                        options.shallow() ? MirrorSyncMode.TOP : MirrorSyncMode.FULL)
                .jobId(spec.id())
                .autoDismiss(false);
        if (pendingFirst) {
            mirror.autoFinalize(false);
        }
        if (options.synchronousWrites()) {
            mirror.copyMode(MirrorCopyMode.WRITE_BLOCKING);
        }
        if (options.speedBytesPerSecond() >= 0) {
            mirror.speed(options.speedBytesPerSecond());
        }
        if (options.granularityBytes() >= 0) {
            mirror.granularity(options.granularityBytes());
        }
        if (options.bufSizeBytes() >= 0) {
            mirror.bufSize(options.bufSizeBytes());
        }
        return mirror.build();
    }
}
