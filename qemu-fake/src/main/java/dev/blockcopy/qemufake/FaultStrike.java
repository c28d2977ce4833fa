package dev.blockcopy.qemufake;

/**
 * A rule has struck.
 *
 * @param rule which
 * @param monitor on which monitor, from 0; -1 where it is no affair of one monitor
 */
public record FaultStrike(FaultRule rule, int monitor) {}
