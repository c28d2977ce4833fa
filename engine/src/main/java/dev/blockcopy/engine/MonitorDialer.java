package dev.blockcopy.engine;

import dev.blockcopy.engine.qmp.QmpInput;
import java.util.function.Consumer;

/** Opens sessions with one monitor. */
interface MonitorDialer {
    /**
     * Connects. Whether there is a session the sink hears: it gets {@link QmpInput.Opened} and then replies and events in
     * the order of their arrival, or {@link QmpInput.Lost} alone.
     *
     * @throws UnreachableException if there is no connection to be had now; then the sink hears nothing
     */
    MonitorLink open(Consumer<QmpInput> sink) throws UnreachableException;

    /**
     * Which socket is at the monitor's path now: the same text for the same socket, another one for the one that a QEMU
     * makes there that is started later. Empty if there is none, or it can't be told.
     */
    default String identity() {
        return "";
    }

    /** The same, for a session that takes open files along, where that makes a difference. */
    default MonitorLink openForFiles(Consumer<QmpInput> sink) throws UnreachableException {
        return open(sink);
    }

    /** No connection; {@code nobodyListens} tells a monitor that is gone from one that is busy or silent. */
    final class UnreachableException extends Exception {
        private static final long serialVersionUID = 1L;
        private final boolean nobodyListens;

        UnreachableException(String message, boolean nobodyListens, Throwable cause) {
            super(message, cause);
            this.nobodyListens = nobodyListens;
        }

        boolean nobodyListens() {
            return nobodyListens;
        }
    }
}
