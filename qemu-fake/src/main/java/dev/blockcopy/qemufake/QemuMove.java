package dev.blockcopy.qemufake;

/** One thing that may happen next. */
public sealed interface QemuMove {
    /** Whether it carries out a command of this monitor's client, or strikes in the place of one. */
    default boolean isCommandOf(int monitor) {
        return this instanceof Execute execute && execute.monitor == monitor
                || this instanceof Strike strike && strike.instead.isCommandOf(monitor);
    }

    /**
     * The oldest command on a monitor's wire is carried out.
     *
     * @param monitor which one, from 0
     */
    record Execute(int monitor) implements QemuMove {}

    /**
     * A job does one thing of its own accord.
     *
     * @param step what
     * @param job whose
     */
    record JobMove(JobStep step, String job) implements QemuMove {}

    /**
     * A reopen does its next step.
     *
     * @param step which
     * @param disk of the disk with this drive id
     */
    record ReopenMove(ReopenStep step, String disk) implements QemuMove {}

    /**
     * A fault takes the place of what would have happened.
     *
     * @param rule which rule, by its place in the list
     * @param instead what would have happened
     */
    record Strike(int rule, QemuMove instead) implements QemuMove {}

    /** Nothing happens: what stands in a {@link Strike} that takes the place of no other move. */
    record Moment() implements QemuMove {}

    /**
     * The guest writes. Never in {@link QemuCore#moves}: the guest is somebody else; see {@link QemuCore#admits}.
     *
     * @param disk the drive id, or the QOM path of a disk without one
     * @param offset in bytes
     * @param payload what it writes
     */
    record GuestWrite(String disk, long offset, Payload payload) implements QemuMove {}

    /**
     * The guest has made durable what it has written; so it is when it is told. Never in {@link QemuCore#moves}.
     *
     * @param disk as of a write
     */
    record GuestFlush(String disk) implements QemuMove {}

    /** Somebody sends SIGTERM. Never in {@link QemuCore#moves}. */
    record Terminate() implements QemuMove {}
}
