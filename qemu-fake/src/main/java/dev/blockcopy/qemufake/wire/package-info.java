/**
 * What crosses a monitor's socket, byte by byte as QEMU 7.2 reads and writes it.
 *
 * <p>On the way in {@link dev.blockcopy.qemufake.wire.JsonStream} cuts bytes into values, with QEMU's lexer, its limits
 * and its way of recovering from what is no JSON; {@link dev.blockcopy.qemufake.wire.RequestForm} says whether a value
 * has the form of a command. On the way out {@link dev.blockcopy.qemufake.wire.WireLine} spells a line, its members in
 * the order in which QEMU's hash table gives them ({@link dev.blockcopy.qemufake.wire.MemberOrder}). Nothing here knows
 * a socket or a QEMU.
 */
package dev.blockcopy.qemufake.wire;
