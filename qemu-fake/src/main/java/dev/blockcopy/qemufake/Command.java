package dev.blockcopy.qemufake;

import java.util.Map;

/**
 * One command of the monitor.
 *
 * @param signature the arguments it takes; null where it checks them itself
 * @param work what it needs of the host, before it runs
 * @param run what it does and returns; may throw {@link Refused}
 */
record Command(Signature signature, Work work, Run run) {
    /** It needs nothing of the host, whatever its arguments. */
    static final Work NOTHING = (q, arguments) -> HostWork.NONE;

    /** Says what a command needs of the host. */
    interface Work {
        HostWork of(QemuState q, Arguments arguments);
    }

    /** Does it. */
    interface Run {
        Object on(QemuState q, Arguments arguments, HostResult result);
    }

    /** The same without a look at the host. */
    interface Plain {
        Object on(QemuState q, Arguments arguments);
    }

    static Command of(String signature, Plain run) {
        return new Command(Signature.of(signature), NOTHING, (q, arguments, result) -> run.on(q, arguments));
    }

    /** A command that checks its arguments itself. */
    static Command any(Work work, Run run) {
        return new Command(null, work, run);
    }

    static Command of(String signature, Work work, Run run) {
        return new Command(Signature.of(signature), work, run);
    }

    Arguments check(Map<String, Object> given) {
        return signature == null ? new Arguments(given) : signature.check(given);
    }
}
