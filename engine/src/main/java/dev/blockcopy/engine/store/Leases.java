package dev.blockcopy.engine.store;

import dev.blockcopy.engine.Lease;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** Who owns which monitor, as rows. What it writes belongs inside a transaction of the caller. */
final class Leases {
    private static final String UPSERT = "INSERT INTO lease (monitor, owner, who, until) VALUES (?, ?, ?, ?) "
            + "ON CONFLICT (monitor) DO UPDATE SET owner = excluded.owner, who = excluded.who, until = excluded.until";

    private final Session session;
    private final StoreErrors errors;

    Leases(Session session, StoreErrors errors) {
        this.session = session;
        this.errors = errors;
    }

    Lease acquire(Lease wanted, Instant now) throws SQLException {
        Optional<Lease> other =
                ownerOf(wanted.monitor(), now).filter(lease -> !lease.owner().equals(wanted.owner()));
        if (other.isPresent()) {
            return other.get();
        }
        session.update(
                UPSERT,
                wanted.monitor().toString(),
                wanted.owner(),
                wanted.who(),
                wanted.until().toString());
        return wanted;
    }

    boolean renew(Lease lease) throws SQLException {
        int renewed = session.update(
                "UPDATE lease SET until = ? WHERE monitor = ? AND owner = ?",
                lease.until().toString(),
                lease.monitor().toString(),
                lease.owner());
        return renewed > 0;
    }

    void release(Lease lease) throws SQLException {
        session.update(
                "DELETE FROM lease WHERE monitor = ? AND owner = ?",
                lease.monitor().toString(),
                lease.owner());
    }

    Optional<Lease> ownerOf(Path monitor, Instant now) throws SQLException {
        return session.query("SELECT * FROM lease WHERE monitor = ?", this::lease, monitor.toString()).stream()
                .filter(lease -> lease.holds(now))
                .findFirst();
    }

    private Lease lease(ResultSet row) throws SQLException {
        return new Lease(Path.of(row.getString("monitor")), row.getString("owner"), row.getString("who"), until(row));
    }

    private Instant until(ResultSet row) throws SQLException {
        String text = row.getString("until");
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw errors.of("lease on " + row.getString("monitor") + ": column until says '" + text
                    + "', no time: delete the row with `sqlite3`");
        }
    }
}
