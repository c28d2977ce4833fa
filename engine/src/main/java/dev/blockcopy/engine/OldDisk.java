package dev.blockcopy.engine;

import static dev.blockcopy.engine.CopyRefusedException.Kind.DEMAND;
import static dev.blockcopy.engine.CopyRefusedException.Kind.ENVIRONMENT;

import dev.blockcopy.engine.image.DiskSize;
import dev.blockcopy.engine.image.FileCalls;
import dev.blockcopy.engine.image.ImageFormat;
import dev.blockcopy.model.qmp.BlockDeviceInfo;
import dev.blockcopy.model.qmp.BlockInfo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** A disk as a QEMU shows it that has no names for nodes and says no sizes; and what can't be asked of such a QEMU. */
final class OldDisk {
    private OldDisk() {}

    static DiskView view(BlockInfo row, FileCalls calls, Object queryBlockJobs) throws CopyRefusedException {
        boolean isBusy = ((List<?>) queryBlockJobs)
                .stream().anyMatch(job -> row.device().equals(((Map<?, ?>) job).get("device")));
        return new DiskView(
                row.device(),
                new CopySpec.Backend(row.device(), ""),
                source(row, calls),
                isBusy,
                row.inserted().backingFile() != null,
                "",
                "");
    }

    private static CopySpec.Source source(BlockInfo row, FileCalls calls) throws CopyRefusedException {
        BlockDeviceInfo inserted = row.inserted();
        OptionalLong size = DiskSize.of(calls, inserted.file(), inserted.drv().equals("qcow2"));
        if (size.isEmpty()) {
            throw new CopyRefusedException(
                    ENVIRONMENT,
                    "this QEMU does not say how large " + inserted.file()
                            + " is, and it can't be read from here; run blockcopy where the file is");
        }
        List<Path> chain = new ArrayList<>(List.of(Path.of(inserted.file())));
        if (inserted.backingFile() != null) {
            chain.add(Path.of(inserted.file()).resolveSibling(inserted.backingFile()));
        }
        return new CopySpec.Source("", inserted.file(), inserted.drv(), size.getAsLong(), chain, "");
    }

    /** Demands that only the job API can meet. */
    static void canDo(CopyRequest request, BlockInfo row, Dialect dialect) throws CopyRefusedException {
        if (row.device().isEmpty()) {
            refuse("disk '" + request.disk() + "' has no drive id, and this QEMU calls jobs by theirs");
        }
        if (request.format() == ImageFormat.QCOW2 && !request.reuseExternal()) {
            refuse("this QEMU can't be told to format a qcow2 image; make it with qemu-img create, and say"
                    + " --reuse-external");
        }
        if (request.synchronousWrites()) {
            refuse("this QEMU can't let the guest's writes wait for both images; leave out --synchronous-writes");
        }
        if (dialect.isOf2012()
                && (request.granularity().isPresent() || request.bufSize().isPresent())) {
            refuse("this QEMU lets nobody choose granularity or buffer; leave out --granularity and --buf-size");
        }
    }

    private static void refuse(String text) throws CopyRefusedException {
        throw new CopyRefusedException(DEMAND, text);
    }
}
