package dev.blockcopy.engine.qmp;

import java.nio.channels.spi.SelectorProvider;
import java.util.HashMap;
import java.util.Map;

/**
 * Who hears the connections of one program: one thread for all of the JDK's sockets, and one for all that take open files
 * along, each only while there are such connections. Safe for use by several threads.
 */
public final class QmpReaders {

    private final Map<SelectorProvider, QmpReader> readers = new HashMap<>();

    synchronized QmpReader of(SelectorProvider provider) {
        return readers.computeIfAbsent(provider, QmpReader::new);
    }
}
