package dev.blockcopy.qemufake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/**
 * Files in memory, by their paths, that outlive whoever opened them. A power loss leaves of them what was synced, and of the
 * rest, block by block and name by name, what chance leaves. A file can have several names. For one thread.
 */
public final class MemoryFiles {
    private final Map<String, MemoryFile> names = new HashMap<>();
    private final Map<String, MemoryFile> syncedNames = new HashMap<>();
    private long files;

    /** Puts an empty raw image there, in place of what has this name. */
    public void create(String name, long size) {
        names.put(name, new MemoryFile(files++, size));
    }

    /** Gives a file a second name. */
    public void link(String existing, String name) {
        names.put(name, names.get(existing));
    }

    /** Removes a name; what has the file open keeps it. */
    public void delete(String name) {
        names.remove(name);
    }

    /** Lets a file grow to the size; a larger one stays as it is. */
    public void extend(String name, long size) {
        MemoryFile file = names.get(name);
        if (file.size() < size) {
            file.resize(size);
        }
    }

    /** What a file holds is safe from now on; its name is another matter. */
    public void sync(String name) {
        names.get(name).sync();
    }

    /** The names in a directory are safe from now on, and so is that others are gone. */
    public void syncNames(String directory) {
        for (String name : all()) {
            if (isIn(directory, name)) {
                put(syncedNames, name, names.get(name));
            }
        }
    }

    private static boolean isIn(String directory, String name) {
        return name.lastIndexOf('/') == directory.length() && name.startsWith(directory);
    }

    private Set<String> all() {
        Set<String> all = new TreeSet<>(names.keySet());
        all.addAll(syncedNames.keySet());
        return all;
    }

    private static void put(Map<String, MemoryFile> into, String name, MemoryFile file) {
        if (file == null) {
            into.remove(name);
        } else {
            into.put(name, file);
        }
    }

    /**
     * The power goes, and comes back. Nobody may have a file open.
     *
     * @param isKept whether the next thing that was not synced has come to the disk all the same
     */
    public void losePower(BooleanSupplier isKept) {
        List<MemoryFile> struck = new ArrayList<>();
        for (String name : all()) {
            MemoryFile now = names.get(name);
            MemoryFile synced = syncedNames.get(name);
            put(names, name, Objects.equals(now, synced) || isKept.getAsBoolean() ? now : synced);
            put(syncedNames, name, names.get(name));
        }
        for (String name : all()) {
            MemoryFile file = names.get(name);
            if (!struck.contains(file)) {
                struck.add(file);
                file.losePower(isKept);
            }
        }
    }

    /** Whether there is a file of this name. */
    public boolean has(String name) {
        return names.containsKey(name);
    }

    /** The names of all files, in order. */
    public List<String> names() {
        return List.copyOf(new TreeSet<>(names.keySet()));
    }

    /** The same for two names of one file, and for no other file. */
    public long identity(String name) {
        return names.get(name).identity();
    }

    /** Its length in bytes. */
    public long size(String name) {
        return names.get(name).size();
    }

    /** The bytes of an image from an offset on; zeros where nothing was written. */
    public byte[] read(String name, long offset, int length) {
        return names.get(name).read(offset, length);
    }

    /** The file itself; null if there is none. */
    MemoryFile file(String name) {
        return names.get(name);
    }
}
