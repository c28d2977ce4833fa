/**
 * What a real QEMU 7.2 says of itself when it is asked {@code query-qmp-schema}, recorded from Debian's
 * 1:7.2+dfsg-7+deb12u18: the fake says the same, and is held to it.
 */
package dev.blockcopy.qemufake.schema;
