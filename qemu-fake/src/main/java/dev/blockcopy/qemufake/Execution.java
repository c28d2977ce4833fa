package dev.blockcopy.qemufake;

import dev.blockcopy.model.qmp.QmpReply;

/** A command from the wire to its answer. */
final class Execution {
    private static final String NOT_FOUND = "CommandNotFound";

    private Execution() {}

    /**
     * A command that would write to a drained disk waits, and with it the monitor (transcript f12); one that drains waits
     * for requests that are under way.
     */
    static boolean mayRun(QemuState q, Monitor monitor) {
        Monitor.Pending next = monitor.waiting.peek();
        if (next == null || monitor.isCut || monitor.ending != Monitor.Ending.NONE || q.isHung(monitor)) {
            return false;
        }
        if (monitor.isDraining() && q.jobs.stream().anyMatch(job -> !job.flight.isEmpty())) {
            return false;
        }
        return next.request() == null
                || !next.request().execute().equals("human-monitor-command")
                || HumanMonitor.written(q, next.request().arguments())
                        .filter(backend -> GuestWrites.isDrained(q, backend))
                        .isEmpty();
    }

    /** What the oldest command needs of the host; nothing where it will be refused anyway. */
    static HostWork work(QemuState q, int index) {
        Monitor monitor = q.monitors.get(index);
        Monitor.Pending next = monitor.waiting.peek();
        Command command =
                next.request() == null ? null : q.dialect.command(next.request().execute());
        if (command == null || command.work() == Command.NOTHING || !monitor.isNegotiated) {
            return HostWork.NONE;
        }
        try {
            return command.work().of(q, command.check(next.request().arguments()));
        } catch (Refused refused) {
            return HostWork.NONE;
        }
    }

    /** The answer of a reopen comes with its last step. */
    static void run(QemuState q, int index, HostResult result) {
        q.serving = index;
        try {
            Object value = value(q, index, result);
            if (value != ReopenCommands.LATER) {
                answer(q, index, value);
            }
        } catch (Refused refused) {
            if (q.isLockedUp) {
                return;
            }
            refuse(q, index, refused.errorClass(), refused.getMessage());
        }
    }

    /** The command is carried out, its events are told, its reply is not. */
    static void silently(QemuState q, int index, HostResult result) {
        try {
            value(q, index, result);
        } catch (Refused refused) {
            // An error is an answer too.
        }
        q.monitors.get(index).waiting.remove();
    }

    private static Object value(QemuState q, int index, HostResult result) {
        Monitor monitor = q.monitors.get(index);
        Monitor.Pending next = monitor.waiting.peek();
        if (next.request() == null) {
            throw Refused.generic("%s", next.complaint());
        }
        String name = next.request().execute();
        boolean isNegotiation = name.equals("qmp_capabilities");
        if (!monitor.isNegotiated && !isNegotiation) {
            throw Refused.of(NOT_FOUND, "Expecting capabilities negotiation with 'qmp_capabilities'");
        }
        Command command = q.dialect.command(name);
        if (command == null) {
            throw Refused.of(NOT_FOUND, "The command " + name + " has not been found");
        }
        if (next.isOutOfBand() && !OobCommands.NAMES.contains(name)) {
            throw Refused.generic("The command %s does not support OOB", name);
        }
        Arguments arguments = command.check(next.request().arguments());
        if (monitor.isNegotiated && isNegotiation) {
            throw Refused.of(NOT_FOUND, "Capabilities negotiation is already complete, command ignored");
        }
        if (isNegotiation) {
            StatusCommands.negotiate(monitor, arguments);
        }
        return command.run().on(q, arguments, result);
    }

    static void answer(QemuState q, int index, Object value) {
        Monitor monitor = q.monitors.get(index);
        monitor.tell(new QmpReply.Success(id(monitor.waiting.remove()), value));
    }

    static void refuse(QemuState q, int index, String errorClass, String desc) {
        Monitor monitor = q.monitors.get(index);
        monitor.tell(new QmpReply.Failure(id(monitor.waiting.remove()), errorClass, desc));
    }

    private static Object id(Monitor.Pending pending) {
        return pending.request() == null ? pending.id() : pending.request().id();
    }
}
