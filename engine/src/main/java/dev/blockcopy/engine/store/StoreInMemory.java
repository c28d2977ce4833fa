package dev.blockcopy.engine.store;

import java.nio.file.Path;
import java.time.Duration;
import org.sqlite.SQLiteConfig.SynchronousMode;

/** A store that nobody else sees and that is gone when it is closed: the same statements, and no disk. */
final class StoreInMemory extends StoreFile {
    private static final String ADDRESS = ":memory:";

    private final Session session = connect(ADDRESS, SynchronousMode.OFF, 0);

    StoreInMemory() {
        super(Path.of(ADDRESS), Duration.ZERO);
    }

    @Override
    Session openJournal() {
        new Schema(session, errors()).migrate();
        return session;
    }

    /** There is one connection, for another one would see another store. */
    @Override
    Session openNotes() {
        return session;
    }

    @Override
    Object key() {
        return ADDRESS;
    }
}
