package dev.blockcopy.engine;

import java.net.InetAddress;
import java.net.UnknownHostException;

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

    /** The user of this process, as user@host. */
    public static String user() {
        return System.getProperty("user.name") + "@" + name();
    }
}
