package dev.blockcopy.engine.qmp;

/** A way to reach one monitor: a UNIX socket, or bytes within this process. */
public interface QmpTransport {

    /**
     * Connects to the monitor; the greeting is not waited for.
     *
     * @param timeoutMillis how long this may take
     * @throws QmpException if there is no such monitor, or nobody accepts
     */
    QmpChannel connect(long timeoutMillis) throws QmpException;

    /** Where the monitor is, for messages to people. */
    String address();
}
