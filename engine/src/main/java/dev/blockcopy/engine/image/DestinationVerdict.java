package dev.blockcopy.engine.image;

import java.nio.file.Path;
import java.util.List;

/** What {@link DestinationCheck} found; nothing has been made or changed. */
public sealed interface DestinationVerdict
        permits DestinationVerdict.Existing, DestinationVerdict.ToMake, DestinationVerdict.Unseen, Refusal {

    /**
     * The destination is there and may be written to.
     *
     * @param path the name for QEMU
     * @param identity which file it is
     * @param leftToQemu what could not be checked here, a line each
     */
    record Existing(Path path, FileIdentity identity, List<String> leftToQemu) implements DestinationVerdict {
        /** Keeps a copy of the list. */
        public Existing {
            leftToQemu = List.copyOf(leftToQemu);
        }
    }

    /**
     * The destination is not there and {@link NewDestination} may make it.
     *
     * @param path the name for QEMU, its directory without symbolic links
     * @param leftToQemu what could not be checked here, a line each
     */
    record ToMake(Path path, List<String> leftToQemu) implements DestinationVerdict {
        /** Keeps a copy of the list. */
        public ToMake {
            leftToQemu = List.copyOf(leftToQemu);
        }
    }

    /**
     * Neither source nor destination can be seen from here, so QEMU's answers must do.
     *
     * @param path the name for QEMU, as given
     * @param why one line for people
     */
    record Unseen(Path path, String why) implements DestinationVerdict {}
}
