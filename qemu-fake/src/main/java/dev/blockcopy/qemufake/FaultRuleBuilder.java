package dev.blockcopy.qemufake;

import dev.blockcopy.model.qmp.JobStatus;
import dev.blockcopy.model.qmp.RunState;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A {@link FaultRule} in Java: where and when first, what last.
 *
 * <pre>{@code
 * FaultRule.on(FaultPlace.COMMAND).name("job-complete").nth(2).error("GenericError", "not now")
 * FaultRule.on(FaultPlace.WRITE).phase(JobStatus.READY).always().fail(Errno.ENOSPC)
 * }</pre>
 */
public final class FaultRuleBuilder {
    private final Map<FaultKey, Object> keys = new EnumMap<>(FaultKey.class);

    FaultRuleBuilder(FaultPlace place) {
        keys.put(FaultKey.ON, place);
    }

    private FaultRuleBuilder with(FaultKey key, Object value) {
        keys.put(key, value);
        return this;
    }

    /** How the journal calls the rule. */
    public FaultRuleBuilder id(String id) {
        return with(FaultKey.ID, id);
    }

    /** The commands or events, or the file that is opened. */
    public FaultRuleBuilder name(String... names) {
        return with(FaultKey.NAME, List.of(names));
    }

    public FaultRuleBuilder job(String id) {
        return with(FaultKey.JOB, id);
    }

    /** By drive id, QOM path or node name. */
    public FaultRuleBuilder disk(String disk) {
        return with(FaultKey.DISK, disk);
    }

    /** Counted from 0. */
    public FaultRuleBuilder monitor(int monitor) {
        return with(FaultKey.MONITOR, (long) monitor);
    }

    /** Only the piece of the disk that holds this byte. */
    public FaultRuleBuilder at(long offset) {
        return with(FaultKey.AT, offset);
    }

    public FaultRuleBuilder phase(JobStatus status) {
        return with(FaultKey.PHASE, status);
    }

    public FaultRuleBuilder runState(RunState state) {
        return with(FaultKey.RUN_STATE, state);
    }

    /** Only when the job has carried so many bytes. */
    public FaultRuleBuilder after(long bytes) {
        return with(FaultKey.AFTER, bytes);
    }

    /** Only while this file exists. */
    public FaultRuleBuilder file(String path) {
        return with(FaultKey.FILE, path);
    }

    /** From the nth time on, from 1. */
    public FaultRuleBuilder nth(int nth) {
        return with(FaultKey.NTH, (long) nth);
    }

    /** From 0 to 1. */
    public FaultRuleBuilder chance(double chance) {
        return with(FaultKey.CHANCE, chance);
    }

    /** At most so often; once, where nothing is said. */
    public FaultRuleBuilder times(int times) {
        return with(FaultKey.TIMES, (long) times);
    }

    /** Until reset. */
    public FaultRuleBuilder always() {
        return with(FaultKey.TIMES, Long.MAX_VALUE);
    }

    /**
     * What happens, if nothing more need be said of it.
     *
     * @throws IllegalArgumentException if that can't happen there
     */
    public FaultRule does(FaultAct act) {
        return new FaultRule(with(FaultKey.DO, act).keys);
    }

    /** The command is answered with an error of this class. */
    public FaultRule error(String errorClass, String desc) {
        return with(FaultKey.CLASS, errorClass).with(FaultKey.DESC, desc).does(FaultAct.ERROR);
    }

    public FaultRule fail(Errno errno) {
        return with(FaultKey.ERRNO, errno).does(FaultAct.FAIL);
    }

    /** DELAY, HANG or STALL, for a time. */
    public FaultRule lasting(FaultAct act, Duration time) {
        return with(FaultKey.MILLIS, time.toMillis()).does(act);
    }

    /** The line comes so many times more. */
    public FaultRule duplicate(int copies) {
        return with(FaultKey.COPIES, (long) copies).does(FaultAct.DUPLICATE);
    }

    /** Somebody else has this command carried out. */
    public FaultRule intrude(String command) {
        return with(FaultKey.EXECUTE, command).does(FaultAct.INTRUDE);
    }
}
