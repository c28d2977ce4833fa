/**
 * The life of one live disk copy, declared once.
 *
 * <p>{@link dev.blockcopy.model.lifecycle.Lifecycle#TABLE} is the life cycle. It runs in production, is executed by
 * Spring Statemachine through a derived model, is explored by the checker, is driven against the fake QEMU and is
 * printed into the documents. Nobody writes it a second time.
 *
 * <p>The happy path, read aloud: a job is REQUESTED; its destination is made (MAKING, PLACING), opened by QEMU
 * (ATTACHING) and mirrored to (STARTING); it is STREAMING until QEMU calls it ready, then MIRRORING. It ends by
 * CANCELLING, back to the source, or by PIVOTING, on to the destination: the backlog is awaited (APPROACHING), the run
 * state noted (GAUGING), the guest paused (PAUSING), the job completed (SWITCHING), the end looked at, jobs first
 * (JUDGING) and then the graph (PROVING). What the graph says becomes durable as CONCLUDED, then the guest is let go
 * (RESUMING) and what is ours is taken away (DISMISSING, DETACHING, REMOVING), and only then the state is terminal.
 *
 * <p>Pending first is another way through the middle: the job is CONVERGING to where it waits to be finalized, both
 * images equal, and only then the run state is noted, the guest paused, and the job finalized (SWITCHING).
 *
 * <p>A state is either <em>remembered</em> (it is in the journal) or <em>passing</em> (it waits for one answer, and
 * after a crash or a lost monitor the job stands in the remembered state behind it). So a journal is written exactly
 * when what must be remembered changes: once before the pause of a pivot, and once inside it.
 *
 * <p>The same table is a process of the language ({@link dev.blockcopy.model.lifecycle.LifecycleProcess}), for whoever
 * explores it, and a page for people ({@link dev.blockcopy.model.lifecycle.LifecycleDocument}).
 *
 * <p>Every (state, trigger) cell is decided: a row, a refusal, an ignore or an impossibility, each with its reason
 * ({@link dev.blockcopy.model.lifecycle.TransitionTable}). The duties of whoever executes a step are, in this order:
 * make it durable, answer the caller, perform the effect.
 */
package dev.blockcopy.model.lifecycle;
