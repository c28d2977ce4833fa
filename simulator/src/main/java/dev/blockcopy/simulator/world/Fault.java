package dev.blockcopy.simulator.world;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What may go wrong in a world, each a number of times: the budget of the fault. */
public enum Fault {
    MANAGER("mgr", "the manager is killed and comes back"),
    QEMU("qemu", "QEMU is killed"),
    CUT("cut", "the monitor is cut, or is silent for too long"),
    IO("io", "an error of the disk ends the job"),
    COMPLETION("completion", "the job fails at the very end, on the source"),
    SWITCHED("switched", "the job fails at the very end, switched all the same"),
    REFUSAL("refusal", "QEMU or the host refuses what it was told"),
    OPEN_DESTINATION("open-dst", "a reopen can't open the destination"),
    OPEN_SOURCE("open-src", "a reopen can't open the source again"),
    WITNESS("witness", "a reopen can't write to the witness"),
    BACKLOG("backlog", "the guest writes faster than the job copies"),
    OTHERS_RESUME("resume", "somebody else lets the guest run"),
    OTHERS_STOP("stop", "somebody else pauses a guest that runs"),
    OTHERS_CANCEL("cancel", "somebody else cancels the job"),
    OTHERS_DISMISS("dismiss", "somebody else dismisses the concluded job"),
    OTHERS_CHANGE("change", "somebody else empties the drive, or puts another image into it"),
    ANOTHER("another", "another QEMU answers on the monitor");

    private final String key;
    private final String meaning;

    Fault(String key, String meaning) {
        this.key = key;
        this.meaning = meaning;
    }

    /** What the fault is called on the command line. */
    public String key() {
        return key;
    }

    public String meaning() {
        return meaning;
    }

    /** All keys, as a list for people. */
    public static String keys() {
        return Arrays.stream(values()).map(Fault::key).collect(Collectors.joining(", "));
    }

    /** The fault with a key. */
    public static Optional<Fault> of(String key) {
        return Arrays.stream(values()).filter(fault -> fault.key.equals(key)).findFirst();
    }
}
