/**
 * The QMP client: one monitor, one connection, one stream of inputs in the order of their arrival.
 *
 * <p>{@link dev.blockcopy.engine.qmp.QmpConnection} is what the engine uses: commands go out without waiting, and replies,
 * events, deadlines and the end of the connection come in as {@link dev.blockcopy.engine.qmp.QmpInput}, in one thread for
 * all connections of the same {@link dev.blockcopy.engine.qmp.QmpReaders}.
 * {@link dev.blockcopy.engine.qmp.QmpClient} stands on it for those who would rather wait for an answer:
 *
 * <pre>{@code
 * try (QmpClient qemu = QmpClient.open(new UnixSocketTransport(socket), QmpLimits.DEFAULT, event -> {})) {
 *     List<JobInfo> jobs = JobInfo.listFrom(qemu.ask(new QmpCommand.QueryJobs(), Duration.ofSeconds(5)));
 * }
 * }</pre>
 *
 * <p>The protocol itself is {@link dev.blockcopy.engine.qmp.QmpSession}, which has neither socket nor clock nor thread;
 * around it there is only a {@link dev.blockcopy.engine.qmp.QmpTransport}, and the thread that reads.
 *
 * <p>Three promises matter to callers. A timeout means <em>unknown</em>, never "did not happen". Ids are unique across
 * sessions and processes, because the answer to a dead session's command can arrive on the next connection. And nothing is
 * unbounded: see {@link dev.blockcopy.engine.qmp.QmpLimits}.
 *
 * <p>The wire is logged by the SLF4J logger {@code dev.blockcopy.qmp.wire} at level DEBUG.
 */
package dev.blockcopy.engine.qmp;
