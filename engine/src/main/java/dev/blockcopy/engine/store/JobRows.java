package dev.blockcopy.engine.store;

import dev.blockcopy.engine.CopyJob;
import dev.blockcopy.engine.CopySpec;
import dev.blockcopy.engine.Findings;
import dev.blockcopy.engine.JournalLine;
import dev.blockcopy.engine.Lease;
import dev.blockcopy.engine.StoreException;
import dev.blockcopy.model.lifecycle.JobState;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Jobs and the lines of their way as rows. What it writes belongs inside a transaction of the caller. */
final class JobRows {
    private static final String FACTS = String.join(", ", FactColumns.NAMES);
    private static final String MARKS = String.join(", ", Collections.nCopies(FactColumns.NAMES.size(), "?"));
    private static final String INSERT =
            "INSERT INTO job (" + FACTS + ", findings, spec, id, format) VALUES (" + MARKS + ", ?, ?, ?, ?)";
    private static final String UPDATE = "UPDATE job SET (" + FACTS + ", findings, spec) = (" + MARKS
            + ", ?, ?) WHERE id = ? AND (? = '' OR EXISTS (SELECT 1 FROM lease WHERE monitor = ? AND owner = ?))";
    private static final String SELECT = "SELECT * FROM job";
    /** What can't be told is for its reader to refuse. */
    private static final String UNFINISHED = " WHERE journal NOT IN ("
            + JobState.terminal().stream().map(state -> "'" + state + "'").collect(Collectors.joining(", "))
            + ") AND CASE WHEN json_valid(spec) THEN ifnull(spec ->> '$.monitor' = ?, TRUE) ELSE TRUE END";

    private static final String ORDER = " ORDER BY number";
    private static final String INSERT_STEPS = "INSERT INTO step SELECT ?1, "
            + "(SELECT coalesce(max(sequence), 0) FROM step WHERE job = ?1) + column1, "
            + "column2, column3, column4, column5, column6, column7 FROM (VALUES ";
    private static final String STEP = "(%d, ?, ?, ?, ?, ?, ?)";

    private static final String SELECT_STEPS = "SELECT * FROM step WHERE job = ? ORDER BY sequence";

    private final Session session;
    private final StoreErrors errors;
    /** A job's way is written many times: what it is never changes, and what was found out seldom does. */
    private final Map<CopySpec, String> specs = new WeakHashMap<>();

    private final Map<Findings, String> findings = new WeakHashMap<>();
    /** By how many lines at once: one statement, for each one more would take its time in a guest's pause. */
    private final Map<Integer, String> insertSteps = new HashMap<>();

    JobRows(Session session, StoreErrors errors) {
        this.session = session;
        this.errors = errors;
    }

    void insert(CopyJob job) throws SQLException {
        if (exists(job.id())) {
            throw new IllegalArgumentException("job id " + job.id() + " is taken: choose another (--job-id)");
        }
        List<Object> values = changingValues(job);
        values.addAll(List.of(job.id(), JobJson.FORMAT));
        session.update(INSERT, values.toArray());
    }

    /**
     * Writes what has changed of a job.
     *
     * @param under the lease of who alone may do so, being the last to have taken a monitor; empty if anybody may
     * @return false if somebody else has taken it since, and nothing was written
     */
    boolean update(CopyJob job, Optional<Lease> under) throws SQLException {
        List<Object> values = changingValues(job);
        String owner = under.map(Lease::owner).orElse("");
        String monitor = under.map(lease -> lease.monitor().toString()).orElse("");
        values.addAll(List.of(job.id(), owner, monitor, owner));
        boolean isWritten = session.update(UPDATE, values.toArray()) > 0;
        if (!isWritten && !exists(job.id())) {
            throw missing(job.id());
        }
        return isWritten;
    }

    /** Everything but the id and the format of the row. */
    private List<Object> changingValues(CopyJob job) {
        List<Object> values = new ArrayList<>(FactColumns.NAMES.size() + 6);
        FactColumns.addValuesOf(job.facts(), values);
        values.add(findings.computeIfAbsent(job.findings(), JobJson::write));
        values.add(specs.computeIfAbsent(job.spec(), JobJson::write));
        return values;
    }

    boolean exists(String id) throws SQLException {
        return !session.query("SELECT 1 FROM job WHERE id = ?", row -> id, id).isEmpty();
    }

    StoreException missing(String id) {
        return errors.of("it has no job " + id + ": see which there are with `blockcopy jobs`");
    }

    Optional<CopyJob> find(String id) throws SQLException {
        return session.query(SELECT + " WHERE id = ?", this::job, id).stream().findFirst();
    }

    List<CopyJob> list() throws SQLException {
        return session.query(SELECT + ORDER, this::job);
    }

    List<CopyJob> unfinished(Path monitor) throws SQLException {
        return session.query(SELECT + UNFINISHED + ORDER, this::job, monitor.toString());
    }

    private CopyJob job(ResultSet row) throws SQLException {
        String id = row.getString("id");
        if (row.getInt("format") != JobJson.FORMAT) {
            throw unreadable(id, "column format says " + row.getInt("format") + ", which this blockcopy does not know");
        }
        String column = "spec";
        try {
            CopySpec spec = JobJson.spec(row.getString(column));
            if (!spec.id().equals(id)) {
                throw unreadable(id, "column spec is that of job " + spec.id());
            }
            column = "findings";
            return new CopyJob(spec, FactColumns.read(row), JobJson.findings(row.getString(column)));
        } catch (FactColumns.UnknownValue e) {
            throw unreadable(id, e.getMessage());
        } catch (JobJson.Unreadable e) {
            throw unreadable(id, "column " + column + " can't be read (" + e.getMessage() + ")");
        }
    }

    void append(String id, List<JournalLine> lines) throws SQLException {
        if (lines.isEmpty()) {
            return;
        }
        List<Object> values = new ArrayList<>(1 + 6 * lines.size());
        values.add(id);
        for (JournalLine line : lines) {
            values.add(line.at().toString());
            values.add(line.from());
            values.add(line.trigger());
            values.add(line.to());
            values.add(line.effect());
            values.add(line.because());
        }
        session.update(insertSteps.computeIfAbsent(lines.size(), JobRows::insertSteps), values.toArray());
    }

    private static String insertSteps(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(STEP::formatted)
                .collect(Collectors.joining(", ", INSERT_STEPS, ")"));
    }

    List<JournalLine> journalOf(String id) throws SQLException {
        return session.query(SELECT_STEPS, this::line, id);
    }

    private JournalLine line(ResultSet row) throws SQLException {
        return new JournalLine(
                instant(row, row.getString("job")),
                row.getString("from_state"),
                row.getString("on_trigger"),
                row.getString("to_state"),
                row.getString("effect"),
                row.getString("because"));
    }

    private Instant instant(ResultSet row, String id) throws SQLException {
        String text = row.getString("at");
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw unreadable(id, "column at of step " + row.getInt("sequence") + " says '" + text + "', no time");
        }
    }

    private StoreException unreadable(String id, String problem) {
        return errors.of("job " + id + ": " + problem
                + ": use the blockcopy that wrote it, or correct the column with `sqlite3`");
    }
}
