/**
 * The journal in an SQLite file, readable with {@code sqlite3} by a person.
 *
 * <p>{@link dev.blockcopy.engine.store.SqliteJobStore} is the entry. It speaks through two sessions on one file: what
 * must survive the loss of power is committed with {@code synchronous=FULL}, progress and leases with {@code NORMAL},
 * which survives the death of a process. {@code StoreFile} opens the file and refuses what is not ours before anything
 * is written to it, {@code Schema} is its tables, version by version, {@code JobRows} turns a job into a row and back:
 * each durable fact of the table of states has a column of its own, what the table does not decide by is JSON.
 *
 * <p>Everything that can go wrong becomes a {@link dev.blockcopy.engine.StoreException} of one line that names the
 * file and the remedy ({@code StoreErrors}).
 */
package dev.blockcopy.engine.store;
