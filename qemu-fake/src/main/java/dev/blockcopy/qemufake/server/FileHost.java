package dev.blockcopy.qemufake.server;

import dev.blockcopy.qemufake.Driver;
import dev.blockcopy.qemufake.Errno;
import dev.blockcopy.qemufake.Extents;
import dev.blockcopy.qemufake.FileFacts;
import dev.blockcopy.qemufake.FileUse;
import dev.blockcopy.qemufake.Host;
import dev.blockcopy.qemufake.HostResult;
import dev.blockcopy.qemufake.HostWork;
import dev.blockcopy.qemufake.Image;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Images that are real files, raw and qcow2, really written and copied, so that other tools can compare them. */
final class FileHost implements Host {
    private final Map<String, DiskFile> open = new HashMap<>();
    private final Descriptors descriptors = new Descriptors();
    private final CopyBuffers buffers = new CopyBuffers();

    @Override
    public HostResult perform(HostWork work) {
        try {
            return done(work);
        } catch (FailedOpen e) {
            return new HostResult.Failed(e.errno(), e.getMessage(), false);
        } catch (IOException e) {
            return HostResult.Failed.of(Errnos.of(e));
        }
    }

    private HostResult done(HostWork work) throws IOException {
        if (work instanceof HostWork.All all) {
            return new HostResult.All(all.works().stream().map(this::perform).toList());
        }
        if (work instanceof HostWork.Open wanted) {
            return open(wanted);
        }
        if (work instanceof HostWork.Allocated allocated) {
            return allocated(disk(allocated.image()));
        }
        if (work instanceof HostWork.NameDescriptor naming) {
            return descriptors.name(naming.name());
        }
        if (work instanceof HostWork.AddToSet adding) {
            return descriptors.addToSet(adding.set());
        }
        doQuietly(work);
        return HostResult.DONE;
    }

    private void doQuietly(HostWork work) throws IOException {
        if (work instanceof HostWork.Create create) {
            DiskFile.create(create.file(), create.size());
        } else if (work instanceof HostWork.Format format) {
            Qcow2Header.write(open.get(format.handle()), format.making());
        } else if (work instanceof HostWork.Copy copy) {
            buffers.copy(disk(copy.from()), disk(copy.to()), copy.offset(), copy.length());
        } else if (work instanceof HostWork.Write write) {
            write(write);
        } else if (work instanceof HostWork.Resize resize) {
            resize(resize);
        } else if (work instanceof HostWork.Flush flush) {
            flush(flush.image());
        } else if (work instanceof HostWork.CloseDescriptors close) {
            descriptors.close(close.names());
        } else if (work instanceof HostWork.CloseInSet close) {
            descriptors.closeInSet(close.set(), close.numbers());
        } else if (work instanceof HostWork.Testify testify) {
            descriptors.testify(testify.names());
        }
    }

    Descriptors descriptors() {
        return descriptors;
    }

    int openImages() {
        return open.size();
    }

    private void resize(HostWork.Resize resize) throws IOException {
        if (resize.image().format() != Driver.RAW) {
            throw new FailedOpen(Errno.ENOTSUP, "The fake resizes raw images only");
        }
        open.get(resize.image().handle()).resize(resize.size());
    }

    private void flush(Image image) throws IOException {
        for (Image replica : image.replicas()) {
            flush(replica);
        }
        if (image.replicas().isEmpty()) {
            open.get(image.handle()).force();
        }
    }

    private static HostResult allocated(Disk disk) throws IOException {
        return new HostResult.Mapped(disk.own().stream()
                .map(stretch -> new Extents.Range(stretch.start(), stretch.end()))
                .toList());
    }

    private Disk disk(Image image) throws IOException {
        if (!image.replicas().isEmpty()) {
            List<Disk> replicas = new ArrayList<>();
            for (Image replica : image.replicas()) {
                replicas.add(disk(replica));
            }
            return new Replicas(replicas);
        }
        DiskFile file = open.get(image.handle());
        if (image.format() != Driver.QCOW2) {
            return file;
        }
        return new Qcow2Disk(file, image.backing() == null ? null : disk(image.backing()));
    }

    private HostResult open(HostWork.Open wanted) throws IOException {
        List<FileFacts> facts = new ArrayList<>();
        Map<String, DiskFile> opened = new HashMap<>();
        try {
            for (HostWork.Wanted one : wanted.files()) {
                facts.add(facts(one, opened));
            }
        } catch (IOException e) {
            opened.values().forEach(DiskFile::close);
            throw e;
        }
        opened.forEach(this::keep);
        return new HostResult.Opened(facts);
    }

    /** A name that is taken stays with the file it has; the core refuses the newcomer. */
    private void keep(String handle, DiskFile file) {
        if (open.putIfAbsent(handle, file) != null) {
            file.close();
        }
    }

    private FileFacts facts(HostWork.Wanted wanted, Map<String, DiskFile> opened) throws IOException {
        if (wanted.making() != null) {
            DiskFile.create(
                    wanted.file(),
                    wanted.format() == Driver.QCOW2 ? 0 : wanted.making().size());
        }
        DiskFile file = DiskFile.open(path(wanted), wanted.writable());
        opened.put(wanted.handle(), file);
        if (wanted.making() != null && wanted.format() == Driver.QCOW2) {
            format(file, wanted.making());
        }
        return facts(file, wanted, opened);
    }

    private static void format(DiskFile file, HostWork.Making making) throws IOException {
        try {
            Qcow2Header.write(file, making);
        } catch (IOException e) {
            Errno errno = Errnos.of(e);
            throw new FailedOpen(errno, "Could not write qcow2 header: " + errno.text());
        }
    }

    private String path(HostWork.Wanted wanted) throws IOException {
        return wanted.file().startsWith(Descriptors.SET)
                ? descriptors.inSet(wanted.file(), wanted.writable()).toString()
                : wanted.file();
    }

    private FileFacts facts(DiskFile file, HostWork.Wanted wanted, Map<String, DiskFile> opened) throws IOException {
        long size = file.size();
        String identity = file.identity();
        Driver format = wanted.format() != null ? wanted.format() : Qcow2Header.probe(file);
        if (format != Driver.QCOW2) {
            return new FileFacts(size, size, size, identity, file.locks().ofOthers(), format, null);
        }
        Qcow2Header header = Qcow2Header.read(file);
        FileFacts.Backing backing = header.backingFile() == null ? null : backing(wanted, header, opened);
        return new FileFacts(size, header.size(), size, identity, file.locks().ofOthers(), format, backing);
    }

    private FileFacts.Backing backing(HostWork.Wanted above, Qcow2Header header, Map<String, DiskFile> opened)
            throws IOException {
        Path beside = Path.of(above.file()).resolveSibling(header.backingFile());
        HostWork.Wanted below = new HostWork.Wanted(
                above.handle() + "/backing", beside.toString(), false, header.backingFormat(), false, null);
        if (above.isAlone()) {
            return new FileFacts.Backing(null, below.file(), below.format(), null);
        }
        return new FileFacts.Backing(below.handle(), below.file(), below.format(), facts(below, opened));
    }

    private void write(HostWork.Write write) throws IOException {
        buffers.write(disk(write.to()), write.offset(), write.payload());
        if (write.also() != null) {
            buffers.write(disk(write.also()), write.offset(), write.payload());
        }
    }

    @Override
    public void keepOnly(Map<String, FileUse> files) {
        open.entrySet().removeIf(entry -> {
            boolean goes = !files.containsKey(entry.getKey());
            if (goes) {
                entry.getValue().close();
            }
            return goes;
        });
        open.forEach((handle, file) -> file.locks().hold(files.get(handle)));
    }

    @Override
    public void close() {
        keepOnly(Map.of());
        descriptors.closeAll();
    }
}
