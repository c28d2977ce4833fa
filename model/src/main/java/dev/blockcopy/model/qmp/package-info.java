/**
 * The words of QMP, typed, and the codec between them and the wire.
 *
 * <p>Start at {@link dev.blockcopy.model.qmp.QmpCommand} (what can be said to QEMU), go on to
 * {@link dev.blockcopy.model.qmp.QmpMessage} (what QEMU says) and end at {@link dev.blockcopy.model.qmp.QmpCodec}, the only
 * place where text of the wire is written and read. Both ends use it: the engine as client, the fake as server.
 *
 * <p>A word of QAPI is a record: its components are the members of the JSON object, {@code jobId} standing for
 * {@code job-id}, in the order in which QEMU 7.2 writes them. A component marked {@link
 * dev.blockcopy.model.qmp.MayBeAbsent} may be {@code null}, and is then left out on the wire. Unknown members are ignored
 * when an answer is read; a missing or mistyped one is a {@link dev.blockcopy.model.qmp.QmpSyntaxException}.
 *
 * <p>Values without a type of their own are plain JDK values: {@code Map<String, Object>} in wire order, {@code List},
 * {@code String}, {@code Long} (or {@code BigInteger} beyond its range), {@code Double}, {@code Boolean} and {@code null}.
 *
 * <p>Everything here is immutable and may be used by any thread.
 */
package dev.blockcopy.model.qmp;
