/**
 * What blockcopy promises, each promise a story on a real QEMU: copies, ends, crashes and refusals.
 *
 * <p>{@link dev.blockcopy.engine.acceptance.Scene} is the stage of each story; {@link
 * dev.blockcopy.engine.acceptance.Seen} is what somebody without our engine sees of it.
 */
package dev.blockcopy.engine.acceptance;
