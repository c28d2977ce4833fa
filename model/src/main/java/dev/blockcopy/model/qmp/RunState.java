package dev.blockcopy.model.qmp;

/** The run state of the guest (QAPI {@code RunState} in {@code run-state.json}). */
public enum RunState implements WireEnum {
    DEBUG,
    INMIGRATE,
    INTERNAL_ERROR,
    IO_ERROR,
    PAUSED,
    POSTMIGRATE,
    PRELAUNCH,
    FINISH_MIGRATE,
    RESTORE_VM,
    RUNNING,
    SAVE_VM,
    SHUTDOWN,
    SUSPENDED,
    WATCHDOG,
    GUEST_PANICKED,
    COLO,
    UNKNOWN
}
