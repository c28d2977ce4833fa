/**
 * What the engine may do with files: look before anything is sent, make a new destination, remove it, flush it.
 *
 * <p>Start with {@link dev.blockcopy.engine.image.DestinationCheck}: it says of a destination whether it may be
 * written to, and proves that it is another file than each file of the source. A destination that does not exist yet
 * is made by {@link dev.blockcopy.engine.image.NewDestination} in steps that survive a crash between any two system
 * calls and never truncate, overwrite or remove what somebody else made. All system calls go through
 * {@link dev.blockcopy.engine.image.FileCalls}. Answers are values: a {@link dev.blockcopy.engine.image.Refusal} is one
 * line for people, with a kind for programs.
 */
package dev.blockcopy.engine.image;
