/**
 * A QEMU that is a pure function: what it answers, tells and does to its disks is decided here, without sockets,
 * threads or a clock.
 *
 * <p>{@link dev.blockcopy.qemufake.QemuCore} is the door: {@code moves} lists what may happen next, {@code work} says
 * what the host has to do for it, {@code after} gives the state that follows. Time comes in as a value, and so does
 * every failure of the host.
 *
 * <p>Inside, from the middle outwards: {@link dev.blockcopy.qemufake.JobHeart} is the life of one job, declared in the
 * language of the model, with QEMU's own two tables in {@link dev.blockcopy.qemufake.JobTables}; a checker composes
 * these very rules. {@link dev.blockcopy.qemufake.ReopenHeart} is the reopen of 2012 in the same manner, and shares its
 * places. {@link dev.blockcopy.qemufake.Dialect} says which QEMU it is. Around it
 * lie the data ({@link dev.blockcopy.qemufake.Carrying}: requests under way together, how fast), the graph of block
 * nodes ({@link dev.blockcopy.qemufake.NodePlan} makes them, {@link dev.blockcopy.qemufake.IoPath} is a request's way
 * down through blkdebug, throttle and quorum), the switch with all that can go wrong in it
 * ({@link dev.blockcopy.qemufake.Pivot}), the commands with QEMU's checks in QEMU's order, one family a file, and the
 * faults ({@link dev.blockcopy.qemufake.FaultRule}).
 *
 * <p>Images live with a {@link dev.blockcopy.qemufake.Host}: {@link dev.blockcopy.qemufake.MemoryHost} keeps them in
 * memory and names lost writes; real files are the server's affair. Behaviour is that of QEMU 7.2, as it was seen; of
 * the older dialects, as their sources and command tables say.
 */
package dev.blockcopy.qemufake;
