/**
 * What happened at the monitors of a fake: every line with its direction and time, and every fault with its rule.
 *
 * <p>{@link dev.blockcopy.qemufake.journal.Journal} collects it, {@link dev.blockcopy.qemufake.journal.JournalFile}
 * writes it down as JSON Lines.
 */
package dev.blockcopy.qemufake.journal;
