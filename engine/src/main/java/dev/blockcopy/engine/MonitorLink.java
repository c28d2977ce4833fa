package dev.blockcopy.engine;

import dev.blockcopy.model.qmp.QmpCommand;
import java.io.IOException;
import java.nio.file.Path;

/** One session with a monitor, as a lane uses it. */
interface MonitorLink extends AutoCloseable {
    /** Sends a command and tells its id; the reply arrives as an input of the lane. */
    String send(QmpCommand command);

    /**
     * Has QEMU read what is likely to be sent next: nothing is done about it until {@link #send} sends it, and whatever
     * else is sent has it forgotten.
     */
    default void anticipate(QmpCommand command) {
        // To be faster is all that it is for.
    }

    /**
     * The same, and an open descriptor of a file goes along.
     *
     * @throws IOException if it can't; then the command was not sent
     */
    default String send(QmpCommand command, Path file) throws IOException {
        throw new IOException("this session carries bytes alone");
    }

    @Override
    void close();
}
