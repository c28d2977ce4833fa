/**
 * Campaigns of real kills: hundreds of copies under a guest that writes, each struck at another instant, and after each the
 * image that blockcopy names is compared with what the guest was told.
 *
 * <p>The guest is a Linux ({@link dev.blockcopy.simulator.campaign.GuestKit}) in a real QEMU
 * ({@link dev.blockcopy.simulator.campaign.WritingQemu}). A {@link dev.blockcopy.simulator.campaign.Campaign} goes through
 * trials, several guests at a time; a trial is told by its number and the campaign's seed alone, so that one command repeats
 * it.
 */
package dev.blockcopy.simulator.campaign;
