package dev.blockcopy.model.qmp;

/** The guest's run state (QAPI {@code StatusInfo} in {@code run-state.json}). */
public record StatusInfo(RunState status, boolean running) implements QmpRecord {

    /**
     * Reads the return value of {@code query-status}.
     *
     * @throws QmpSyntaxException if it is not what QAPI promises
     */
    public static StatusInfo from(Object value) {
        return MemberReader.answer(StatusInfo.class, value, "query-status");
    }
}
