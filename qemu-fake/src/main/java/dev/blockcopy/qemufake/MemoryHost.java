package dev.blockcopy.qemufake;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongFunction;

/**
 * Images in memory ({@link MemoryFiles}). Every block remembers which write it holds, also when a mirror carried it there,
 * so that a lost write can be named ({@link #lostWrites}). A qcow2 image keeps its content as a raw one would.
 */
public final class MemoryHost implements Host {
    private static final String NO_FILE = "Could not open '%s': No such file or directory";

    private static final String NO_DESCRIPTOR = "No file descriptor supplied via SCM_RIGHTS";

    private static final String BACKING = "/backing";

    private final MemoryFiles files;
    private final Map<String, MemoryFile> open = new HashMap<>();
    private final Deque<MemoryFile> received = new ArrayDeque<>();
    private final Map<String, MemoryFile> descriptors = new HashMap<>();
    private long writes;

    /** Images that are gone with it. */
    public MemoryHost() {
        this(new MemoryFiles());
    }

    /** Images that are there before and after it. */
    public MemoryHost(MemoryFiles files) {
        this.files = files;
    }

    /** Puts an empty raw image there, in place of what has this name. */
    public void create(String name, long size) {
        files.create(name, size);
    }

    /** Whether the file of this name is open. */
    public boolean isOpen(String name) {
        return open.containsValue(files.file(name));
    }

    /**
     * Which writes a disk must hold and the other image does not: numbers of guest writes, from 1, in ascending order.
     *
     * @param holder the image that holds them all
     * @param suspect the image that is compared
     */
    public List<Long> lostWrites(String holder, String suspect) {
        return files.file(holder).writesMissingIn(files.file(suspect));
    }

    /** The bytes of an image from an offset on; zeros where nothing was written. */
    public byte[] read(String name, long offset, int length) {
        return files.read(name, offset, length);
    }

    /** A descriptor of a file comes, as if beside the client's next line; an empty one is made if it is not there. */
    public void receiveDescriptor(String file) {
        if (!files.has(file)) {
            files.create(file, 0);
        }
        received.add(files.file(file));
    }

    /** The client has gone: descriptors that came and were not named are closed. */
    public void forgetReceived() {
        received.clear();
    }

    /** How many bytes a file behind a descriptor holds. */
    public int bytesIn(String file) {
        return (int) files.size(file);
    }

    /** The names of descriptors that are open. */
    public Set<String> openDescriptors() {
        return Set.copyOf(descriptors.keySet());
    }

    private HostResult name(String name) {
        if (received.isEmpty()) {
            return new HostResult.Failed(Errno.EINVAL, NO_DESCRIPTOR, false);
        }
        descriptors.put(name, received.remove());
        return HostResult.DONE;
    }

    private void testify(List<String> names) {
        for (String name : names) {
            MemoryFile witness = descriptors.remove(name);
            witness.resize(witness.size() + 1);
            witness.sync();
        }
    }

    @Override
    public HostResult perform(HostWork work) {
        if (work instanceof HostWork.NameDescriptor naming) {
            return name(naming.name());
        }
        if (work instanceof HostWork.AddToSet) {
            return new HostResult.Failed(Errno.EINVAL, NO_DESCRIPTOR, false);
        }
        if (work instanceof HostWork.All all) {
            return new HostResult.All(all.works().stream().map(this::perform).toList());
        }
        if (work instanceof HostWork.Open wanted) {
            return open(wanted);
        }
        if (work instanceof HostWork.Allocated allocated) {
            return new HostResult.Mapped(files(allocated.image()).get(0).allocatedRanges());
        }
        if (work instanceof HostWork.Create create) {
            create(create.file(), create.size());
        } else if (work instanceof HostWork.Format format) {
            open.get(format.handle()).format(format.making());
        } else if (work instanceof HostWork.Flush flush) {
            files(flush.image()).forEach(MemoryFile::sync);
        } else if (work instanceof HostWork.Copy copy) {
            files(copy.to()).forEach(to -> to.take(blocks(copy.from()), copy.offset(), copy.length()));
        } else if (work instanceof HostWork.Write write) {
            write(write);
        } else if (work instanceof HostWork.Resize resize) {
            files(resize.image()).forEach(file -> file.resize(resize.size()));
        } else if (work instanceof HostWork.Testify testify) {
            testify(testify.names());
        } else if (work instanceof HostWork.CloseDescriptors close) {
            descriptors.keySet().removeAll(close.names());
        }
        return HostResult.DONE;
    }

    private HostResult open(HostWork.Open wanted) {
        List<FileFacts> facts = new ArrayList<>();
        for (HostWork.Wanted one : wanted.files()) {
            if (one.making() != null) {
                make(one);
            }
            MemoryFile file = files.file(one.file());
            if (file == null) {
                return new HostResult.Failed(Errno.ENOENT, String.format(NO_FILE, one.file()), false);
            }
            Driver format = one.format() != null ? one.format() : file.isQcow2() ? Driver.QCOW2 : Driver.RAW;
            if (format == Driver.QCOW2 && !file.isQcow2()) {
                return HostResult.Failed.NO_QCOW2;
            }
            facts.add(facts(file, one.handle(), format, one.isAlone()));
        }
        wanted.files().forEach(one -> open.putIfAbsent(one.handle(), files.file(one.file())));
        return new HostResult.Opened(facts);
    }

    private void make(HostWork.Wanted wanted) {
        create(wanted.file(), wanted.making().size());
        if (wanted.format() == Driver.QCOW2) {
            files.file(wanted.file()).format(wanted.making());
        }
    }

    private FileFacts facts(MemoryFile file, String handle, Driver format, boolean isAlone) {
        boolean isQcow2 = format == Driver.QCOW2;
        return new FileFacts(
                file.size(),
                isQcow2 ? file.diskSize() : file.size(),
                file.allocated(),
                Long.toString(file.identity()),
                FileUse.IDLE,
                format,
                isQcow2 && file.backingFile() != null ? backing(file, handle + BACKING, isAlone) : null);
    }

    private FileFacts.Backing backing(MemoryFile above, String handle, boolean isAlone) {
        MemoryFile below = files.file(above.backingFile());
        if (isAlone || below == null) {
            return new FileFacts.Backing(null, above.backingFile(), above.backingFormat(), null);
        }
        open.put(handle, below);
        return new FileFacts.Backing(
                handle, above.backingFile(), above.backingFormat(), facts(below, handle, above.backingFormat(), false));
    }

    /** The files that are written when a disk is. */
    private List<MemoryFile> files(Image image) {
        return image.replicas().isEmpty()
                ? List.of(open.get(image.handle()))
                : image.replicas().stream()
                        .flatMap(each -> files(each).stream())
                        .toList();
    }

    private LongFunction<MemoryFile.Block> blocks(Image image) {
        if (!image.replicas().isEmpty()) {
            return blocks(image.replicas().get(0));
        }
        MemoryFile own = open.get(image.handle());
        return image.backing() == null ? own.blocks() : own.blocksAbove(blocks(image.backing()));
    }

    private void write(HostWork.Write write) {
        writes++;
        files(write.to()).forEach(to -> to.write(write.offset(), write.payload(), writes));
        if (write.also() != null) {
            files(write.also()).forEach(to -> to.write(write.offset(), write.payload(), writes));
        }
    }

    @Override
    public void keepOnly(Map<String, FileUse> wanted) {
        open.keySet().removeIf(handle -> !wanted.containsKey(handle));
    }

    @Override
    public void close() {
        open.clear();
    }
}
