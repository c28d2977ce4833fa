package dev.blockcopy.engine;

import java.nio.file.Path;
import java.time.Instant;

/**
 * Who owns a monitor, until when. QEMU serves one client per monitor, so the monitor itself is the fence; the lease only
 * tells others whom to ask.
 *
 * @param monitor the UNIX socket
 * @param owner a name drawn anew by each process that owns one
 * @param who process id and host, for people
 * @param until when it runs out unless renewed
 */
public record Lease(Path monitor, String owner, String who, Instant until) {}
