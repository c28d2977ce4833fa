package dev.blockcopy.qemufake;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What is done with an open file, and what others may do meanwhile: QEMU's image locks.
 *
 * @param needed what is done
 * @param shared what others may do
 */
public record FileUse(Set<Permission> needed, Set<Permission> shared) {
    /** Does nothing, minds nothing. */
    public static final FileUse IDLE = new FileUse(EnumSet.noneOf(Permission.class), EnumSet.allOf(Permission.class));

    static final FileUse OF_TARGET = new FileUse(EnumSet.of(Permission.WRITE), EnumSet.of(Permission.WRITE_UNCHANGED));

    /** Of a job's filter by the job itself. */
    static final FileUse OF_MAIN_NODE =
            new FileUse(EnumSet.of(Permission.CONSISTENT_READ), EnumSet.complementOf(EnumSet.of(Permission.RESIZE)));

    public FileUse {
        needed = fixed(needed);
        shared = fixed(shared);
    }

    private static Set<Permission> fixed(Set<Permission> permissions) {
        Set<Permission> copy = EnumSet.noneOf(Permission.class);
        copy.addAll(permissions);
        return Collections.unmodifiableSet(copy);
    }

    /** All of these at once. */
    static FileUse all(Collection<FileUse> uses) {
        Set<Permission> needed = EnumSet.noneOf(Permission.class);
        Set<Permission> shared = EnumSet.allOf(Permission.class);
        for (FileUse use : uses) {
            needed.addAll(use.needed);
            shared.retainAll(use.shared);
        }
        return new FileUse(needed, shared);
    }

    /** QEMU's sentence on why this use can't be had beside another one of the same file; empty if it can. */
    Optional<String> conflictWith(FileUse other) {
        for (Permission permission : Permission.values()) {
            if (needed.contains(permission) && !other.shared.contains(permission)) {
                return Optional.of("Failed to get \"" + permission.words() + "\" lock");
            }
        }
        for (Permission permission : Permission.values()) {
            if (!shared.contains(permission) && other.needed.contains(permission)) {
                return Optional.of("Failed to get shared \"" + permission.words() + "\" lock");
            }
        }
        return Optional.empty();
    }
}
