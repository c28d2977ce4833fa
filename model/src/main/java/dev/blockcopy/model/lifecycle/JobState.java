package dev.blockcopy.model.lifecycle;

import static dev.blockcopy.model.lifecycle.JobState.Kind.PASSING;
import static dev.blockcopy.model.lifecycle.JobState.Kind.REMEMBERED;
import static dev.blockcopy.model.lifecycle.JobState.Kind.TERMINAL;

import java.util.Arrays;
import java.util.List;

/** Where a copy job stands, as we know it. */
public enum JobState {
    REQUESTED(REMEMBERED, "written down; nothing has been done yet"),
    MAKING(PASSING, "the new destination is made under a name of its own"),
    PLACING(REMEMBERED, "the made file is known and gets its final name"),
    OPENING(PASSING, "QEMU opens the bare file to format it"),
    FORMATTING(PASSING, "QEMU writes the qcow2 metadata into it"),
    FORMATTED(PASSING, "the job that formatted is dismissed"),
    CLOSING(PASSING, "QEMU closes the bare file again"),
    ATTACHING(PASSING, "QEMU opens the destination"),
    STARTING(REMEMBERED, "QEMU was told, or is about to be told, to mirror"),
    STREAMING(REMEMBERED, "the bulk is being copied; the destination is worthless yet"),
    MIRRORING(REMEMBERED, "QEMU called the job ready: writes go to both images"),
    APPROACHING(PASSING, "a pivot is wanted: a small backlog is awaited, the guest runs on"),
    WITNESSING(PASSING, "the witness of a reopen is made: an empty file"),
    HANDING_OVER(PASSING, "the witness is handed to QEMU by descriptor"),
    CONVERGING(REMEMBERED, "QEMU was told to complete, up to where it is finalized: nothing can switch yet"),
    GAUGING(PASSING, "the run state is noted, so that only our own pause is undone"),
    PIVOTING(REMEMBERED, "a pivot is intended and may have been told; evidence is wanted"),
    PAUSING(PASSING, "the guest is being paused: the seal"),
    STEADYING(PASSING, "before a reopen: the mirror must live and have nothing left to copy"),
    SWITCHING(PASSING, "QEMU was told to switch to the destination"),
    RETREATING(REMEMBERED, "the pivot was refused: the guest is let go, the job goes on mirroring"),
    CANCELLING(REMEMBERED, "QEMU was told, or is to be told, to end gracefully, on the source"),
    FINISHING(PASSING, "a graceful end waits to be finalized"),
    FORCING(REMEMBERED, "QEMU was told, or is to be told, to end at once, by force"),
    JUDGING(PASSING, "the jobs are looked at"),
    PROVING(PASSING, "the job has ended: the graph is looked at, which image does the guest write to"),
    TESTIFYING(PASSING, "the witness is looked at: may the guest have written to the destination?"),
    CONCLUDED(REMEMBERED, "the outcome is durable; the guest and our things in QEMU are still to be let go"),
    RESUMING(PASSING, "the guest that we paused is let go"),
    DISMISSING(PASSING, "the concluded job is dismissed"),
    WITHDRAWING(PASSING, "QEMU closes the witness, where no reopen took it"),
    UNWITNESSING(PASSING, "the witness is removed: what it could tell is written down"),
    DETACHING(PASSING, "QEMU closes the destination that it does not use"),
    UNFORMATTING(PASSING, "a formatting job that was left over is dismissed"),
    CLEARING(PASSING, "a bare file that was left open is closed"),
    REMOVING(PASSING, "the worthless file that we made is removed"),
    IN_DOUBT(REMEMBERED, "the outcome is not known yet: everything is kept, nothing is guessed"),
    PIVOTED(TERMINAL, "the guest is on the destination"),
    CANCELLED(TERMINAL, "the guest is on the source, as asked by somebody"),
    FAILED(TERMINAL, "the guest is on the source, after an error"),
    HOSED(TERMINAL, "neither image could be opened: the guest has no disk, and only a person can act");

    /** What the journal knows of a state. */
    public enum Kind {
        /** In the journal: a crash finds the job here. */
        REMEMBERED,
        /** Waits for one answer; a crash finds the job in the remembered state behind it. */
        PASSING,
        /** In the journal, and nothing leaves it. */
        TERMINAL
    }

    private final Kind kind;
    private final String meaning;

    JobState(Kind kind, String meaning) {
        this.kind = kind;
        this.meaning = meaning;
    }

    /** The states that nothing leaves. */
    public static List<JobState> terminal() {
        return Arrays.stream(values()).filter(JobState::isTerminal).toList();
    }

    public Kind kind() {
        return kind;
    }

    public String meaning() {
        return meaning;
    }

    public boolean isTerminal() {
        return kind == TERMINAL;
    }

    /** Whether the journal can say this state. */
    public boolean isDurable() {
        return kind != PASSING;
    }
}
