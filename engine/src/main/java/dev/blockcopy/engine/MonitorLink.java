package dev.blockcopy.engine;

import dev.blockcopy.model.qmp.QmpCommand;

/** One session with a monitor, as a lane uses it. */
interface MonitorLink extends AutoCloseable {
    /** Sends a command and tells its id; the reply arrives as an input of the lane. */
    String send(QmpCommand command);

    @Override
    void close();
}
