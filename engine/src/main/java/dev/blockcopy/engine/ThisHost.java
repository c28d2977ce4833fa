package dev.blockcopy.engine;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where this process runs, and for whom, as people call it. */
public final class ThisHost {
    private ThisHost() {}

    public static String name() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "this host";
        }
    }

    /** The present run of this host's kernel, unlike any other; empty where it can't be told. */
    static String boot() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
        } catch (IOException e) {
            return "";
        }
    }

    /** The user of this process, as user@host. */
    public static String user() {
        return System.getProperty("user.name") + "@" + name();
    }
}
