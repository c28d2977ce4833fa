/**
 * Sockets that take open files along: the only package of the engine that knows the library for it, junixsocket, which is
 * loaded when a class of this package is first used, and so only for a QEMU whose reopen can have a witness. The JDK's
 * own UNIX sockets can't send descriptors.
 */
package dev.blockcopy.engine.descriptors;
