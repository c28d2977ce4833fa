package dev.blockcopy.qemufake;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Faults that testers want most, by name. */
public enum FaultPreset {
    REFUSED_PIVOT("QEMU refuses the pivot, and the job mirrors on", Words.PIVOT + ",do=error"),
    PIVOT_FAILS(
            "the pivot is accepted, then the job ends with an error, the guest on the source", "on=completion,do=fail"),
    PIVOT_REPORTS_ERROR_BUT_SWITCHES(
            "the job ends with an error, and the guest is on the destination all the same",
            "on=completion,do=fail-switched,errno=EINVAL"),
    STUCK_PIVOT("the pivot is accepted and never done; a forced cancel still works", "on=completion,do=stall"),
    CUT_BEFORE_PIVOT("the connection goes before QEMU has read the pivot", Words.PIVOT + ",do=cut-before"),
    CUT_AT_PIVOT(
            "the pivot is accepted, and the connection goes before QEMU can say so", Words.PIVOT + ",do=cut-after"),
    DIES_BEFORE_PIVOT("QEMU is killed before it switches the disk", "on=completion,do=die"),
    DIES_AFTER_PIVOT("QEMU is killed when it has switched the disk and told nobody", "on=completion,do=die-after"),
    REOPEN_DESTINATION_FAILS(
            "the reopen can't open the new image, and falls back to the old one", "on=reopen-destination,do=fail"),
    WITNESS_FAILS("the reopen can't write to its witness, and falls back to the old image", "on=witness,do=fail"),
    HOSED(
            "the reopen can open neither image: the guest has no medium",
            "on=reopen-destination,do=fail",
            "on=reopen-source,do=fail"),
    DIES_AFTER_WITNESS("QEMU is killed between the byte in the witness and the answer", "on=witness,do=die-after"),
    NEVER_READY("all is copied, and the job never becomes ready", "on=ready,do=stall"),
    LOST_READY(
            "the job becomes ready, and no event says so",
            "on=event,name=BLOCK_JOB_READY,times=always,do=skip",
            "on=event,name=JOB_STATUS_CHANGE,phase=ready,times=always,do=skip"),
    LOST_EVENTS("no event is told", "on=event,times=always,do=skip"),
    EVENT_STORM("each event comes a hundred times", "on=event,times=always,do=duplicate,copies=99"),
    VANISHING_JOB("the ready job is gone without a word", "on=moment,phase=ready,do=vanish"),
    SILENT_MONITOR("after the negotiation QEMU says nothing any more", "on=command,nth=2,do=hang"),
    NO_GREETING("a client is let in and not greeted", "on=connection,do=skip"),
    SLOW_REPLIES("each reply takes a second", "on=command,nth=2,times=always,do=delay,millis=1000"),
    HALF_A_LINE("half of a reply comes, and then the connection goes", "on=command,nth=2,do=half-line"),
    FLAKY_MONITOR("one command of ten loses the connection", "on=command,chance=0.1,times=always,do=cut-after"),
    DESTINATION_MISSING("the file of the copy can't be opened", "on=open,do=fail,errno=EACCES"),
    TARGET_ENOSPC("the target is full", "on=write,times=always,do=fail,errno=ENOSPC"),
    TARGET_EIO("the target can't be written", "on=write,times=always,do=fail,errno=EIO"),
    SOURCE_EIO("the source can't be read", "on=read,times=always,do=fail,errno=EIO"),
    FLUSH_FAILS("the target can't be flushed", "on=flush,do=fail,errno=EIO"),
    DIES_WHILE_STREAMING("QEMU is killed in the middle of the copy", "on=write,phase=running,nth=2,do=die"),
    SOMEBODY_RESUMES("somebody lets the paused guest go", "on=moment,run-state=paused,do=intrude,execute=cont"),
    SOMEBODY_CANCELS("somebody cancels the ready job", "on=moment,phase=ready,do=intrude,execute=job-cancel"),
    SOMEBODY_DISMISSES(
            "somebody dismisses the job when it has ended", "on=moment,phase=concluded,do=intrude,execute=job-dismiss");

    /** Words that several presets share. */
    private static final class Words {
        static final String PIVOT =
                "on=command,name=job-complete/block-job-complete/drive-reopen/__com.redhat_drive-reopen";
    }

    private final String meaning;
    private final List<String> lines;

    FaultPreset(String meaning, String... lines) {
        this.meaning = meaning;
        this.lines = List.of(lines);
    }

    public String wire() {
        return FaultKey.spelled(this);
    }

    /** What goes wrong, in one sentence. */
    public String meaning() {
        return meaning;
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
