package dev.blockcopy.model.qmp;

import java.util.List;

/** A job as {@code query-jobs} shows it (QAPI {@code JobInfo} in {@code job.json}); {@code error} is there when it failed. */
public record JobInfo(
        long currentProgress,
        JobStatus status,
        long totalProgress,
        JobType type,
        String id,
        @MayBeAbsent String error) implements QmpRecord {

    /**
     * Reads the return value of {@code query-jobs}.
     *
     * @throws QmpSyntaxException if it is not what QAPI promises
     */
    public static List<JobInfo> listFrom(Object value) {
        return MemberReader.answers(JobInfo.class, value, "query-jobs");
    }
}
