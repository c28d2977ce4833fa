package dev.blockcopy.qemufake;

/** When requests get through the {@link ThrottleGroup}s of the nodes on their way. */
final class Throttling {
    private Throttling() {}

    /** The time at which a piece that a job carries has been read and written; its groups have counted it. */
    static long due(QemuState q, Job job, Extents.Range range) {
        long read = pass(q, job.mirror.source(), q.nowMicros, range.length(), false);
        return pass(q, job.mirror.target(), read, range.length(), true);
    }

    /** The time at which a request is through; its groups have counted it. */
    static long pass(QemuState q, String name, long fromMicros, long bytes, boolean isWrite) {
        Node node = q.graph.node(name);
        if (node.driver() == Driver.FILE) {
            return fromMicros;
        }
        long due = fromMicros;
        if (node.driver() == Driver.THROTTLE) {
            String group = groupOf(node);
            ThrottleGroup.Turn turn = q.throttles.get(group).admit(fromMicros, bytes, isWrite);
            q.throttles.put(group, turn.next());
            due = turn.dueMicros();
        }
        return pass(q, node.primary(), due, bytes, isWrite);
    }

    static String groupOf(Node node) {
        return String.valueOf(node.options().strong().get("throttle-group"));
    }
}
