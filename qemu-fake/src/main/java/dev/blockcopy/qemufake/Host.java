package dev.blockcopy.qemufake;

import java.util.Map;

/** Where images live: the memory of this process, or real files. Used by one thread at a time. */
public interface Host extends AutoCloseable {
    /** Does the work now; every failure of the host is a result, never an exception. */
    HostResult perform(HostWork work);

    /** Lets go of every open file whose handle is not among these, and takes image locks on the others accordingly. */
    void keepOnly(Map<String, FileUse> files);

    @Override
    void close();
}
