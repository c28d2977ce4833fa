/**
 * Sockets that carry open files: the only package that knows the library for it, junixsocket, which is loaded when a
 * class of this package is first used. The JDK's own UNIX sockets can't send or receive descriptors.
 */
package dev.blockcopy.qemufake.descriptors;
