/**
 * A QEMU that is a pure function: what it answers, tells and does to its disks is decided here, without sockets, threads or a clock.
 */
package dev.blockcopy.qemufake;
