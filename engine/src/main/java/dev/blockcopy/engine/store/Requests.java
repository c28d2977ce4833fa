package dev.blockcopy.engine.store;

import dev.blockcopy.engine.Answer;
import dev.blockcopy.engine.StoredRequest;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** What processes ask of one another, as rows. What it writes belongs inside a transaction of the caller. */
final class Requests {
    private final Session session;
    private final StoreErrors errors;

    Requests(Session session, StoreErrors errors) {
        this.session = session;
        this.errors = errors;
    }

    long ask(StoredRequest request) throws SQLException {
        session.update(
                "INSERT INTO request (monitor, job, verb, said) VALUES (?, ?, ?, ?)",
                request.monitor().toString(),
                request.job(),
                request.verb(),
                request.said());
        return session.query("SELECT last_insert_rowid()", row -> row.getLong(1))
                .get(0);
    }

    List<StoredRequest> unanswered() throws SQLException {
        return session.query("SELECT * FROM request WHERE answer IS NULL ORDER BY id", this::request);
    }

    /** The first answer counts; one that comes after the request was withdrawn has nobody to hear it. */
    void answer(long id, Answer answer) throws SQLException {
        session.update(
                "UPDATE request SET answer = ?, text = ? WHERE id = ? AND answer IS NULL",
                answer.kind().name(),
                answer.text(),
                id);
    }

    Optional<Answer> answerTo(long id) throws SQLException {
        return session.query("SELECT * FROM request WHERE id = ?", this::request, id).stream()
                .findFirst()
                .flatMap(StoredRequest::answer);
    }

    void withdraw(long id) throws SQLException {
        session.update("DELETE FROM request WHERE id = ? AND answer IS NULL", id);
    }

    private StoredRequest request(ResultSet row) throws SQLException {
        return new StoredRequest(
                row.getLong("id"),
                Path.of(row.getString("monitor")),
                row.getString("job"),
                row.getString("verb"),
                row.getString("said"),
                answer(row));
    }

    private Optional<Answer> answer(ResultSet row) throws SQLException {
        String kind = row.getString("answer");
        if (kind == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Answer(Answer.Kind.valueOf(kind), row.getString("text")));
        } catch (IllegalArgumentException e) {
            throw errors.of("request " + row.getLong("id") + ": column answer says '" + kind
                    + "', which this blockcopy does not know: use the blockcopy that wrote it");
        }
    }
}
