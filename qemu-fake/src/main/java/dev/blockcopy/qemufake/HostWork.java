package dev.blockcopy.qemufake;

import java.util.List;

/** What a move needs done to the host's files before it can happen: at most one thing a move. */
public sealed interface HostWork {
    /** Nothing: the move happens in QEMU's memory alone. */
    HostWork NONE = new None();

    /** See {@link #NONE}. */
    record None() implements HostWork {}

    /** Open files and look what they are, the first one first; none is opened if one can't be. */
    record Open(List<Wanted> files) implements HostWork {
        public Open {
            files = List.copyOf(files);
        }
    }

    /**
     * A file to be opened.
     *
     * @param handle by which name it is known from now on
     * @param file the path as the client wrote it
     * @param writable for reading and writing
     * @param format what the client says it holds; null for what its first bytes say
     * @param isAlone the file below, that an overlay names, stays closed
     * @param making what it is to be made as first; null to take it as it is
     */
    record Wanted(String handle, String file, boolean writable, Driver format, boolean isAlone, Making making) {}

    /**
     * A new image.
     *
     * @param size of the disk, in bytes
     * @param backingFile what a qcow2 image names as the file below it, or null
     * @param backingFormat what that holds, or null
     */
    record Making(long size, String backingFile, String backingFormat) {}

    /**
     * Make a file of a size, or give an existing one that size; what it held is gone.
     *
     * @param file the path as the client wrote it
     * @param size in bytes
     */
    record Create(String file, long size) implements HostWork {}

    /**
     * Write an empty qcow2 image into an open file.
     *
     * @param handle the open file
     * @param making what image
     */
    record Format(String handle, Making making) implements HostWork {}

    /** Several things one after the other, each whether or not those before it failed. */
    record All(List<HostWork> works) implements HostWork {
        public All {
            works = List.copyOf(works);
        }
    }

    /** Look which parts of a disk its own file holds, and not the ones below it. */
    record Allocated(Image image) implements HostWork {}

    /** Carry bytes from one disk to another. */
    record Copy(Image from, Image to, long offset, long length) implements HostWork {}

    /**
     * Write to a disk.
     *
     * @param to the disk
     * @param also a second disk that must hold the same when the write returns, or null
     * @param offset where, in bytes
     * @param payload what
     */
    record Write(Image to, Image also, long offset, Payload payload) implements HostWork {}

    /** Give a disk another size; what is new reads as zeros. */
    record Resize(Image image, long size) implements HostWork {}

    /** Make durable what was written. */
    record Flush(Image image) implements HostWork {}

    /**
     * Give a name to the oldest descriptor that has come beside the client's lines and has none; an open one of that
     * name is closed. Fails, with QEMU's sentence, where none has come.
     */
    record NameDescriptor(String name) implements HostWork {}

    /** Put the oldest descriptor that has come beside the client's lines into a set; {@link HostResult.Numbered}. */
    record AddToSet(long set) implements HostWork {}

    /** Close descriptors of a set, by their numbers. */
    record CloseInSet(long set, List<Integer> numbers) implements HostWork {
        public CloseInSet {
            numbers = List.copyOf(numbers);
        }
    }

    /** Close named descriptors. */
    record CloseDescriptors(List<String> names) implements HostWork {
        public CloseDescriptors {
            names = List.copyOf(names);
        }
    }

    /**
     * Write exactly one byte to each of these descriptors, sync them whatever comes of it, and close them. If one can't
     * be written the bytes already written are taken back, and all are closed.
     */
    record Testify(List<String> names) implements HostWork {
        public Testify {
            names = List.copyOf(names);
        }
    }
}
