package dev.blockcopy.engine;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;

/** Puts somebody between engine and store who sees each commit of a step: for those who try what a crash leaves behind. */
public final class InterposedStore {
    /** Has a commit carried out: at once, later, or never. */
    @FunctionalInterface
    public interface Commit {
        /**
         * Is called in the thread that drives the job, instead of {@link Journal#save}.
         *
         * @param store carries it out
         */
        void save(Journal store, CopyJob job, List<JournalLine> lines);
    }

    private InterposedStore() {}

    /** A store that does as the given one, but for its commits. */
    public static JobStore over(JobStore store, Commit commit) {
        return proxied(JobStore.class, store, commit);
    }

    private static <J extends Journal> J proxied(Class<J> type, J journal, Commit commit) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> switch (method.getName()) {
                    case "under" -> proxied(Journal.class, (Journal) invoke(journal, method, arguments), commit);
                    case "save" -> {
                        @SuppressWarnings("unchecked")
                        List<JournalLine> lines = (List<JournalLine>) arguments[1];
                        commit.save(journal, (CopyJob) arguments[0], lines);
                        yield null;
                    }
                    default -> invoke(journal, method, arguments);
                }));
    }

    private static Object invoke(Journal journal, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(journal, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
