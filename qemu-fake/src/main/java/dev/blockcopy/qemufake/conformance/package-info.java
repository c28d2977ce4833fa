/**
 * Scenarios, played against a QEMU of any kind and written down as transcripts.
 *
 * <p>A {@link dev.blockcopy.qemufake.conformance.Scenario} says what a client does, a
 * {@link dev.blockcopy.qemufake.conformance.ScenarioPlayer} does it to a
 * {@link dev.blockcopy.qemufake.conformance.Target}, and what crossed the socket becomes a transcript in which a
 * {@link dev.blockcopy.qemufake.conformance.Normaliser} has masked what differs from run to run.
 * {@link dev.blockcopy.qemufake.conformance.TranscriptDiff} says whether two transcripts tell the same. The steps are
 * described beside the scenarios, in the test resources of this module.
 */
package dev.blockcopy.qemufake.conformance;
