/**
 * The fake QEMU in the world: sockets, real files, a clock, a guest that writes, and the command {@code qemu-fake}.
 *
 * <p>Start with {@link dev.blockcopy.qemufake.server.FakeQemu#builder()}. What a QEMU may do is decided in
 * {@link dev.blockcopy.qemufake.QemuCore}; here it is only picked ({@link dev.blockcopy.qemufake.server.Mover}), done
 * ({@link dev.blockcopy.qemufake.Host}) and written down ({@link dev.blockcopy.qemufake.journal.Journal}).
 */
package dev.blockcopy.qemufake.server;
