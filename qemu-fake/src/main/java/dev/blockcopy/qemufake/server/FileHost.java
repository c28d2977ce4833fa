package dev.blockcopy.qemufake.server;

import dev.blockcopy.qemufake.Driver;
import dev.blockcopy.qemufake.Errno;
import dev.blockcopy.qemufake.FileFacts;
import dev.blockcopy.qemufake.FileUse;
import dev.blockcopy.qemufake.Host;
import dev.blockcopy.qemufake.HostResult;
import dev.blockcopy.qemufake.HostWork;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Images that are real files: raw ones are read, written and copied byte by byte, so that others can compare them. */
final class FileHost implements Host {
    private final Map<String, DiskFile> open = new HashMap<>();
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
        if (work instanceof HostWork.Open wanted) {
            return open(wanted);
        }
        if (work instanceof HostWork.Create create) {
            DiskFile.create(create.file(), create.size());
        } else if (work instanceof HostWork.Format format) {
            throw new FailedOpen(Errno.EINVAL, "The fake makes no qcow2 file of " + format.handle());
        } else if (work instanceof HostWork.Copy copy) {
            open.get(copy.to().handle()).take(open.get(copy.from().handle()), copy.offset(), copy.length(), buffers);
        } else if (work instanceof HostWork.Write write) {
            write(write);
        } else if (work instanceof HostWork.Flush flush) {
            open.get(flush.image().handle()).force();
        }
        return HostResult.DONE;
    }

    private HostResult open(HostWork.Open wanted) throws IOException {
        List<FileFacts> facts = new ArrayList<>();
        Map<String, DiskFile> opened = new HashMap<>();
        try {
            for (HostWork.Wanted one : wanted.files()) {
                if (one.making() != null) {
                    DiskFile.create(one.file(), one.making().size());
                }
                DiskFile file = DiskFile.open(one.file(), one.writable());
                opened.put(one.handle(), file);
                facts.add(facts(one, file));
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

    private static FileFacts facts(HostWork.Wanted wanted, DiskFile file) throws IOException {
        if (wanted.format() == Driver.QCOW2) {
            throw new FailedOpen(Errno.EINVAL, "Image is not in qcow2 format");
        }
        long size = file.size();
        return new FileFacts(size, size, size, file.identity(), file.locks().ofOthers(), null);
    }

    private void write(HostWork.Write write) throws IOException {
        open.get(write.to().handle()).write(write.offset(), write.payload());
        if (write.also() != null) {
            open.get(write.also().handle()).write(write.offset(), write.payload());
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
    }
}
