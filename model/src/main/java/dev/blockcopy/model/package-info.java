/**
 * The language of the model: a small guarded-command language whose programs are values.
 *
 * <p>A {@link dev.blockcopy.model.Process} owns variables of finite {@link dev.blockcopy.model.Type} and a list of
 * {@link dev.blockcopy.model.Rule}s. A rule has a {@link dev.blockcopy.model.Guard} that says when it may be taken,
 * {@link dev.blockcopy.model.Change}s that say what is then, at most one {@link dev.blockcopy.model.Effect} that the
 * outside can see, and a reason. Processes share variables and compose ({@link dev.blockcopy.model.Composition}).
 *
 * <p>Nothing in here is an opaque function. One program can therefore be printed, executed, packed into bits, compiled,
 * mutated and exported by one walk each ({@link dev.blockcopy.model.Walk}). The manner is that of Murphi, UNITY and
 * TLA+: a state is a row of small numbers, a step is the choice of one enabled rule.
 *
 * <p>Every variable says what becomes of it when the manager dies ({@link dev.blockcopy.model.Lifetime}). Pure: no
 * clock, no thread, no I/O; every type is immutable and safe to share.
 */
package dev.blockcopy.model;
