package dev.blockcopy.engine.store;

import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The tables of a store, as migrations from one version to the next. A migration that was released never changes: a new
 * durable fact is a new migration that adds its column.
 */
final class Schema {
    /** "bcpy": how {@code file} and we tell our databases from those of others. */
    static final int APPLICATION_ID = 0x62637079;

    private static final String VERSION_1 = """
            CREATE TABLE job (
                number      INTEGER PRIMARY KEY,
                id          TEXT NOT NULL UNIQUE,
                journal     TEXT NOT NULL,
                wish        TEXT NOT NULL,
                destination TEXT NOT NULL,
                switch      TEXT NOT NULL,
                pause       INTEGER NOT NULL,
                readySeen   INTEGER NOT NULL,
                switchTold  INTEGER NOT NULL,
                seal        TEXT NOT NULL,
                resumeDue   INTEGER NOT NULL,
                outcome     TEXT NOT NULL,
                copy        TEXT NOT NULL,
                format      INTEGER NOT NULL,
                spec        TEXT NOT NULL,
                findings    TEXT NOT NULL
            ) STRICT;

            CREATE TABLE step (
                job         TEXT NOT NULL REFERENCES job (id),
                sequence    INTEGER NOT NULL,
                at          TEXT NOT NULL,
                from_state  TEXT NOT NULL,
                on_trigger  TEXT NOT NULL,
                to_state    TEXT NOT NULL,
                effect      TEXT NOT NULL,
                because     TEXT NOT NULL,
                PRIMARY KEY (job, sequence)
            ) STRICT, WITHOUT ROWID;

            CREATE TABLE progress (
                job              TEXT PRIMARY KEY REFERENCES job (id),
                offset_bytes     INTEGER NOT NULL,
                length_bytes     INTEGER NOT NULL,
                bytes_per_second INTEGER NOT NULL
            ) STRICT;

            CREATE TABLE lease (
                monitor TEXT PRIMARY KEY,
                owner   TEXT NOT NULL,
                who     TEXT NOT NULL,
                until   TEXT NOT NULL
            ) STRICT;

            CREATE TABLE request (
                id      INTEGER PRIMARY KEY AUTOINCREMENT,
                monitor TEXT NOT NULL,
                job     TEXT NOT NULL,
                verb    TEXT NOT NULL,
                answer  TEXT,
                text    TEXT
            ) STRICT;

            CREATE INDEX request_unanswered ON request (monitor) WHERE answer IS NULL;
            """;

    private static final String VERSION_2 = "ALTER TABLE request ADD COLUMN said TEXT NOT NULL DEFAULT ''";

    /** The witness of a reopen, and the dialect, which was the one of today before. */
    private static final String VERSION_3 = """
            ALTER TABLE job ADD COLUMN witness INTEGER NOT NULL DEFAULT 0;

            UPDATE job SET spec = json_set(spec, '$.dialect', 'JOB_API'), format = 2 WHERE format = 1;
            """;

    /** The file of the witness, which is there before QEMU holds it, and the boot in which it was made. */
    private static final String VERSION_4 = """
            ALTER TABLE job RENAME COLUMN witness TO witnessed;

            ALTER TABLE job ADD COLUMN witness TEXT NOT NULL DEFAULT 'NONE';

            UPDATE job SET witness = 'GIVEN' WHERE witnessed = 1;

            ALTER TABLE job DROP COLUMN witnessed;

            UPDATE job SET findings = json_set(findings, '$.witnessBoot', ''), format = 3 WHERE format = 2;
            """;

    /** The socket on which the job's QEMU was met. */
    private static final String VERSION_5 =
            "UPDATE job SET findings = json_set(findings, '$.qemuSocket', ''), format = 4 WHERE format = 3";

    /** What somebody has put on top of the disk's image. */
    private static final String VERSION_6 =
            "UPDATE job SET findings = json_set(findings, '$.onTop', ''), format = 5 WHERE format = 4";

    private static final List<String> MIGRATIONS =
            List.of(VERSION_1, VERSION_2, VERSION_3, VERSION_4, VERSION_5, VERSION_6);

    /** The version that this program reads and writes. */
    static final int VERSION = MIGRATIONS.size();

    /** The columns of a job that are no facts. */
    private static final List<String> OTHER_COLUMNS = List.of("number", "id", "format", "spec", "findings");

    private final Session session;
    private final StoreErrors errors;

    Schema(Session session, StoreErrors errors) {
        this.session = session;
        this.errors = errors;
    }

    /** Refuses what is not ours or not of our time; only looks. */
    void check() {
        session.read(() -> {
            refuseForeign();
            return null;
        });
    }

    /** Brings an empty or an older store to the version of this program. */
    void migrate() {
        if (session.read(this::version) < VERSION) {
            session.write(() -> {
                refuseForeign();
                for (int from = version(); from < VERSION; from++) {
                    apply(MIGRATIONS.get(from));
                }
                session.update("PRAGMA application_id = " + APPLICATION_ID);
                session.update("PRAGMA user_version = " + VERSION);
                return null;
            });
        }
        session.read(() -> {
            refuseOddColumns();
            return null;
        });
    }

    private void apply(String migration) throws SQLException {
        for (String statement : migration.split(";")) {
            if (!statement.isBlank()) {
                session.update(statement);
            }
        }
    }

    /** Emptiness first: another process may make the store meanwhile, tables and application id in one commit. */
    private void refuseForeign() throws SQLException {
        boolean isEmpty = number("SELECT count(*) FROM sqlite_schema") == 0;
        int application = number("PRAGMA application_id");
        if (application != APPLICATION_ID && !(application == 0 && isEmpty)) {
            throw errors.of("this database belongs to another application (application id " + application
                    + "): name another store (--store)");
        }
        if (version() > VERSION) {
            throw errors.of("its schema has version " + version() + ", and this blockcopy knows those up to " + VERSION
                    + ": use the newer blockcopy that wrote it, or name another store (--store)");
        }
    }

    private void refuseOddColumns() throws SQLException {
        Set<String> odd = new LinkedHashSet<>(
                session.query("SELECT name FROM pragma_table_info('job')", row -> row.getString(1)));
        Set<String> missing = new LinkedHashSet<>(OTHER_COLUMNS);
        missing.addAll(FactColumns.NAMES);
        Set<String> known = Set.copyOf(missing);
        missing.removeAll(odd);
        odd.removeAll(known);
        if (!missing.isEmpty() || !odd.isEmpty()) {
            throw errors.of("table job lacks the columns " + missing + " and has the unknown columns " + odd
                    + ": use the blockcopy that made it, or name another store (--store)");
        }
    }

    private int version() throws SQLException {
        return number("PRAGMA user_version");
    }

    private int number(String sql) throws SQLException {
        return session.query(sql, row -> row.getInt(1)).get(0);
    }
}
