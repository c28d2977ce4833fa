package dev.blockcopy.qemufake;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Faults that testers want most, by name. */
public enum FaultPreset {
    REFUSED_PIVOT(
            "QEMU refuses the pivot, and the job mirrors on",
            "says that the guest is on the source and the job mirrors on, and can ask again",
            Words.PIVOT + ",do=error"),
    PIVOT_FAILS(
            "the pivot is accepted, then the job ends with an error, the guest on the source",
            "waits for the end, looks at the disk, and says that the guest is on the source",
            "on=completion,do=fail"),
    PIVOT_REPORTS_ERROR_BUT_SWITCHES(
            "the job ends with an error, and the guest is on the destination all the same",
            "believes the disk and not the error: the guest is on the destination",
            "on=completion,do=fail-switched,errno=EINVAL"),
    STUCK_PIVOT(
            "the pivot is accepted and never done; a forced cancel still works",
            "gives up waiting without calling it failed, and can still cancel by force",
            "on=completion,do=stall"),
    CUT_BEFORE_PIVOT(
            "the connection goes before QEMU has read the pivot",
            "comes back, finds the job ready and the guest on the source, and can ask again",
            Words.PIVOT + ",do=cut-before"),
    CUT_AT_PIVOT(
            "the pivot is accepted, and the connection goes before QEMU can say so",
            "comes back and looks at job and disk: that no reply came says nothing",
            Words.PIVOT + ",do=cut-after"),
    DIES_BEFORE_PIVOT(
            "QEMU is killed before it switches the disk",
            "keeps both images, and names the source only if it can prove that no switch was",
            "on=completion,do=die"),
    DIES_AFTER_PIVOT(
            "QEMU is killed when it has switched the disk and told nobody",
            "keeps both images, and never starts the guest on the source by habit",
            "on=completion,do=die-after"),
    REOPEN_DESTINATION_FAILS(
            "the reopen can't open the new image, and falls back to the old one",
            "reads which image the error names: the new one, so the guest is on the old one",
            "on=reopen-destination,do=fail"),
    WITNESS_FAILS(
            "the reopen can't write to its witness, and falls back to the old image",
            "takes the missing byte for a proof: the guest is on the old image",
            "on=witness,do=fail"),
    HOSED(
            "the reopen can open neither image: the guest has no medium",
            "says that the guest has no medium, keeps both images and calls for help",
            "on=reopen-destination,do=fail",
            "on=reopen-source,do=fail"),
    DIES_AFTER_WITNESS(
            "QEMU is killed between the byte in the witness and the answer",
            "reads the witness: its byte says that the new image may have been written to",
            "on=witness,do=die-after"),
    NEVER_READY(
            "all is copied, and the job never becomes ready",
            "lets its caller cancel, and calls what is copied so far worthless",
            "on=ready,do=stall"),
    LOST_READY(
            "the job becomes ready, and no event says so",
            "asks query-jobs from time to time, and does not wait for an event alone",
            "on=event,name=BLOCK_JOB_READY,times=always,do=skip",
            "on=event,name=JOB_STATUS_CHANGE,phase=ready,times=always,do=skip"),
    LOST_EVENTS(
            "no event is told",
            "asks from time to time, and comes to the same end more slowly",
            "on=event,times=always,do=skip"),
    EVENT_STORM(
            "each event comes a hundred times",
            "takes an event that it has had for no news, and does not lose count",
            "on=event,times=always,do=duplicate,copies=99"),
    VANISHING_JOB(
            "the ready job is gone without a word",
            "does not call the job done: it looks at the disk, which is the source",
            "on=moment,phase=ready,do=vanish"),
    SILENT_MONITOR(
            "after the negotiation QEMU says nothing any more",
            "gives up after a time of its own, says that it does not know, and leaves all as it is",
            "on=command,nth=2,do=hang"),
    NO_GREETING(
            "a client is let in and not greeted",
            "gives up waiting and says so: somebody else may have the monitor",
            "on=connection,do=skip"),
    SLOW_REPLIES(
            "each reply takes a second",
            "waits longer than a second, or says that it does not know yet",
            "on=command,nth=2,times=always,do=delay,millis=1000"),
    HALF_A_LINE(
            "half of a reply comes, and then the connection goes",
            "throws the half away, comes back and asks anew",
            "on=command,nth=2,do=half-line"),
    FLAKY_MONITOR(
            "one command of ten loses the connection",
            "comes back each time, and repeats only what may be done twice",
            "on=command,chance=0.1,times=always,do=cut-after"),
    DESTINATION_MISSING(
            "the file of the copy can't be opened",
            "passes on what QEMU says, and leaves no node behind",
            "on=open,do=fail,errno=EACCES"),
    TARGET_ENOSPC(
            "the target is full",
            "reports the full disk (or, with on-target-error=stop, waits for room and resumes)",
            "on=write,times=always,do=fail,errno=ENOSPC"),
    TARGET_EIO(
            "the target can't be written",
            "reports the error and calls the copy worthless; the guest has not noticed",
            "on=write,times=always,do=fail,errno=EIO"),
    SOURCE_EIO(
            "the source can't be read",
            "reports the error and calls the copy worthless",
            "on=read,times=always,do=fail,errno=EIO"),
    GUEST_ENOSPC(
            "the guest's disk is full, and the guest stops",
            "sees io-error and not paused, makes room, and lets the guest go on; nothing is lost",
            "on=guest-write,do=fail,errno=ENOSPC"),
    FLUSH_FAILS(
            "the target can't be flushed", "calls nothing a copy that was not flushed", "on=flush,do=fail,errno=EIO"),
    DIES_WHILE_STREAMING(
            "QEMU is killed in the middle of the copy",
            "calls the copy worthless; the source is the disk",
            "on=write,phase=running,nth=2,do=die"),
    SOMEBODY_RESUMES(
            "somebody lets the paused guest go",
            "notices RESUME, and does not rely on a pause that is over",
            "on=moment,run-state=paused,do=intrude,execute=cont"),
    SOMEBODY_CANCELS(
            "somebody cancels the ready job",
            "hears of the end that it did not ask for, and says how it ended",
            "on=moment,phase=ready,do=intrude,execute=job-cancel"),
    SOMEBODY_DISMISSES(
            "somebody dismisses the job when it has ended",
            "does not mind that the job is gone, and looks at the disk",
            "on=moment,phase=concluded,do=intrude,execute=job-dismiss");

    /** Words that several presets share. */
    private static final class Words {
        static final String PIVOT =
                "on=command,name=job-complete/block-job-complete/drive-reopen/__com.redhat_drive-reopen";
    }

    private final String meaning;
    private final String goodClient;
    private final List<String> lines;

    FaultPreset(String meaning, String goodClient, String... lines) {
        this.meaning = meaning;
        this.goodClient = goodClient;
        this.lines = List.of(lines);
    }

    public String wire() {
        return FaultKey.spelled(this);
    }

    /** What goes wrong, in one sentence. */
    public String meaning() {
        return meaning;
    }

    /** What a client does that is not fooled by it; the rest of a sentence. */
    public String goodClient() {
        return goodClient;
    }

    /** Its rules, as lines. */
    public List<String> lines() {
        return lines;
    }

    static FaultPreset named(String name) {
        return Arrays.stream(values())
                .filter(preset -> preset.wire().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no preset '" + name + "', see --fault help"));
    }

    /** Its rules, under its name, each with what is said beside. */
    List<FaultRule> rules(Map<FaultKey, Object> more) {
        return lines.stream()
                .map(line -> {
                    Map<FaultKey, Object> keys = new EnumMap<>(FaultKey.class);
                    keys.put(FaultKey.ID, wire());
                    keys.putAll(FaultRule.parse(line).keys());
                    keys.putAll(more);
                    return new FaultRule(keys);
                })
                .toList();
    }
}
