package dev.blockcopy.model.lifecycle;

import static dev.blockcopy.model.Guard.all;
import static dev.blockcopy.model.Guard.any;
import static dev.blockcopy.model.Guard.named;
import static dev.blockcopy.model.Guard.not;
import static dev.blockcopy.model.Lifetime.DURABLE;
import static dev.blockcopy.model.Lifetime.VOLATILE;

import dev.blockcopy.model.Guard;
import dev.blockcopy.model.Layout;
import dev.blockcopy.model.Slot;
import dev.blockcopy.model.Type;
import dev.blockcopy.model.Variable;
import java.util.ArrayList;
import java.util.List;

/** What a copy job knows, and the conditions over it that rows speak of. */
public final class Facts {
    /** What is to be done by itself once the job is ready. */
    public enum Wish {
        STAY,
        PIVOT,
        FINISH
    }

    /** Where the destination comes from. */
    public enum Destination {
        EXISTING,
        NEW_RAW,
        NEW_QCOW2
    }

    /** How this QEMU switches to the destination. */
    public enum Switch {
        /** {@code job-complete} or {@code block-job-complete}: the graph changes inside QEMU. */
        COMPLETE,
        /** Pending first: {@code job-complete} leads to where both images are equal, {@code job-finalize} switches. */
        FINALIZE,
        /** {@code drive-reopen} of 2012: the mirror is cancelled and the old image closed before the new one is opened. */
        REOPEN,
        /** A reopen inside a {@code transaction}, which proves the new image first and fails as a whole. */
        TRANSACTION_REOPEN
    }

    /** Whether the guest is certain not to have written since before the switch was told. */
    public enum Seal {
        NONE,
        WHOLE,
        BROKEN
    }

    /** What the other jobs of the domain do with its one guest. */
    public enum Others {
        /** None of them has paused it. */
        NONE,
        /** One of them needs it paused, and lets it go later, unless another needs it then. */
        NEED_PAUSE,
        /** One of them is letting it go, and none needs it paused. */
        LET_GO
    }

    /** How the job was seen to have ended. */
    public enum End {
        NONE,
        CLEAN,
        CANCELLED,
        ERROR,
        ABSENT
    }

    /** What there is of the witness of a reopen. */
    public enum Witness {
        NONE,
        /** Its file is there, or was about to be made. */
        MADE,
        /** QEMU holds it by descriptor, and the reopen was or will be told with it. */
        GIVEN
    }

    /** How the job ends; durable before anything is let go. */
    public enum Outcome {
        NONE,
        PIVOTED,
        CANCELLED,
        FAILED
    }

    /** What the destination is worth at the end. */
    public enum Copy {
        NONE,
        /** It is the guest's disk. */
        DISK,
        /** It equals the source at the instant of the cut. */
        POINT_IN_TIME,
        /** The job ended before it was ready. */
        WORTHLESS,
        /** It can't be told. */
        UNKNOWN
    }

    public static final Slot<JobState> STATE =
            Variable.of("state", Type.of(JobState.class), VOLATILE, JobState.REQUESTED);
    public static final Slot<JobState> JOURNAL =
            Variable.of("journal", Type.of(JobState.class), DURABLE, JobState.REQUESTED);
    public static final Slot<Wish> WISH = Variable.of("wish", Type.of(Wish.class), DURABLE, Wish.STAY);
    public static final Slot<Destination> DESTINATION =
            Variable.of("destination", Type.of(Destination.class), DURABLE, Destination.EXISTING);
    public static final Slot<Switch> SWITCH = Variable.of("switch", Type.of(Switch.class), DURABLE, Switch.COMPLETE);
    public static final Slot<Boolean> PAUSE = Variable.of("pause", Type.BOOLEAN, DURABLE, true);
    public static final Slot<Boolean> READY_SEEN = Variable.of("readySeen", Type.BOOLEAN, DURABLE, false);
    public static final Slot<Boolean> SWITCH_TOLD = Variable.of("switchTold", Type.BOOLEAN, DURABLE, false);
    public static final Slot<Seal> SEAL = Variable.of("seal", Type.of(Seal.class), DURABLE, Seal.NONE);
    public static final Slot<Witness> WITNESS = Variable.of("witness", Type.of(Witness.class), DURABLE, Witness.NONE);
    public static final Slot<Boolean> RESUME_DUE = Variable.of("resumeDue", Type.BOOLEAN, DURABLE, false);
    public static final Slot<Outcome> OUTCOME = Variable.of("outcome", Type.of(Outcome.class), DURABLE, Outcome.NONE);
    public static final Slot<Copy> COPY = Variable.of("copy", Type.of(Copy.class), DURABLE, Copy.NONE);
    public static final Slot<Boolean> ONLINE = Variable.of("online", Type.BOOLEAN, VOLATILE, false);
    public static final Slot<Boolean> REPEATED = Variable.of("repeated", Type.BOOLEAN, VOLATILE, false);
    public static final Slot<Boolean> GAP = Variable.of("gap", Type.BOOLEAN, VOLATILE, false);
    public static final Slot<End> END = Variable.of("end", Type.of(End.class), VOLATILE, End.NONE);

    /** Not a fact of its own: seen in the rows of the domain's other jobs whenever something is decided. */
    public static final Slot<Others> OTHERS = Variable.of("others", Type.of(Others.class), VOLATILE, Others.NONE);

    /** Every fact, in the order in which it is printed and packed. */
    public static final List<Slot<?>> SLOTS = List.of(
            STATE,
            JOURNAL,
            WISH,
            DESTINATION,
            SWITCH,
            PAUSE,
            READY_SEEN,
            SWITCH_TOLD,
            SEAL,
            WITNESS,
            RESUME_DUE,
            OUTCOME,
            COPY,
            ONLINE,
            REPEATED,
            GAP,
            END,
            OTHERS);

    public static final Layout LAYOUT =
            new Layout(SLOTS.stream().map(Slot::variable).toList());

    static final Guard ALWAYS = Guard.ALWAYS;
    static final Guard ONLINE_NOW = named("online", ONLINE.is(true));
    static final Guard OFFLINE = named("offline", ONLINE.is(false));
    static final Guard NEW_FILE = named("new file", not(DESTINATION.is(Destination.EXISTING)));
    static final Guard EXISTING_FILE = named("existing file", DESTINATION.is(Destination.EXISTING));
    static final Guard NEW_QCOW2 = named("new qcow2", DESTINATION.is(Destination.NEW_QCOW2));
    static final Guard NOT_QCOW2 = named("no qcow2 to make", not(DESTINATION.is(Destination.NEW_QCOW2)));
    static final Guard STAY_WISHED = named("to stay", WISH.is(Wish.STAY));
    static final Guard PIVOT_WISHED = named("pivot wished", WISH.is(Wish.PIVOT));
    static final Guard FINISH_WISHED = named("finish wished", WISH.is(Wish.FINISH));
    static final Guard SEALED = named("sealed pivot", PAUSE.is(true));
    static final Guard UNSEALED = named("pivot without pause", PAUSE.is(false));
    static final Guard IN_ONE_STEP = named("switch in one step", SWITCH.is(Switch.COMPLETE));
    static final Guard PENDING_FIRST = named("pending first", SWITCH.is(Switch.FINALIZE));
    static final Guard NOT_PENDING_FIRST = named("not pending first", not(SWITCH.is(Switch.FINALIZE)));
    static final Guard BY_COMPLETE =
            named("switch by complete", SWITCH.isOneOf(List.of(Switch.COMPLETE, Switch.FINALIZE)));
    static final Guard BY_REOPEN =
            named("switch by reopen", SWITCH.isOneOf(List.of(Switch.REOPEN, Switch.TRANSACTION_REOPEN)));
    static final Guard WITNESSED = named("with a witness", WITNESS.is(Witness.GIVEN));
    static final Guard NO_WITNESS = named("without a witness", not(WITNESS.is(Witness.GIVEN)));
    static final Guard WITNESS_LEFT = named("a witness left", not(WITNESS.is(Witness.NONE)));
    static final Guard NO_WITNESS_LEFT = named("no witness left", WITNESS.is(Witness.NONE));
    static final Guard RESUME_IS_DUE = named("paused by us", RESUME_DUE.is(true));
    static final Guard NO_RESUME_DUE = named("not paused by us", RESUME_DUE.is(false));
    static final Guard OTHERS_NEED_PAUSE = named("another disk needs the pause", OTHERS.is(Others.NEED_PAUSE));
    static final Guard OTHERS_LET_GO = named("let go for another disk", OTHERS.is(Others.LET_GO));
    static final Guard NO_OTHERS_LET_GO = named("not let go for another disk", not(OTHERS.is(Others.LET_GO)));
    static final Guard OWNER_PAUSED = named("not paused for another disk", OTHERS.is(Others.NONE));
    static final Guard RESUME_IS_OURS =
            named("paused by us, last to need it", all(RESUME_DUE.is(true), not(OTHERS.is(Others.NEED_PAUSE))));
    static final Guard RESUME_IS_OTHERS =
            named("paused by us, another disk needs it", all(RESUME_DUE.is(true), OTHERS.is(Others.NEED_PAUSE)));
    static final Guard TOLD_ONCE = named("told once", REPEATED.is(false));
    static final Guard TOLD_AGAIN = named("perhaps told before", REPEATED.is(true));
    static final Guard READY_KNOWN = named("ready seen", READY_SEEN.is(true));
    static final Guard READY_UNSEEN = named("ready not seen", READY_SEEN.is(false));
    static final Guard SEAL_NOT_WHOLE = named("no whole seal", not(SEAL.is(Seal.WHOLE)));
    static final Guard NO_OUTCOME = named("no outcome", OUTCOME.is(Outcome.NONE));
    static final Guard SEAL_WHOLE = named("seal whole", SEAL.is(Seal.WHOLE));

    /** A resume by somebody else changes what is known: the seal is whole, or we have paused the guest. */
    static final Guard PAUSE_HOLDS = named("sealed, or paused by us", any(SEAL.is(Seal.WHOLE), RESUME_DUE.is(true)));

    static final Guard NO_PAUSE_HOLDS = named("neither sealed nor paused by us", not(PAUSE_HOLDS));

    /** Whatever a dead QEMU did, the source holds every write. */
    static final Guard SOURCE_HAS_ALL = named("source has all", any(SWITCH_TOLD.is(false), SEAL.is(Seal.WHOLE)));

    static final Guard SOURCE_MAY_LACK =
            named("source may lack writes", all(SWITCH_TOLD.is(true), not(SEAL.is(Seal.WHOLE))));
    static final Guard NOBODY_SAW = named("source may lack writes, no witness", all(SOURCE_MAY_LACK, NO_WITNESS));
    static final Guard SOMEBODY_SAW = named("source may lack writes, but a witness", all(SOURCE_MAY_LACK, WITNESSED));
    static final Guard SWITCH_NEVER_TOLD = named("switch never told", SWITCH_TOLD.is(false));
    static final Guard SWITCH_PERHAPS_TOLD = named("switch perhaps told", SWITCH_TOLD.is(true));
    static final Guard ENDS_PIVOTED = named("outcome pivoted", OUTCOME.is(Outcome.PIVOTED));
    static final Guard ENDS_CANCELLED = named("outcome cancelled", OUTCOME.is(Outcome.CANCELLED));
    static final Guard ENDS_FAILED = named("outcome failed", OUTCOME.is(Outcome.FAILED));
    static final Guard ENDS_ON_SOURCE = named("outcome on the source", not(OUTCOME.is(Outcome.PIVOTED)));

    /** Only a worthless file of our own making is ever removed, and only after a failure. */
    static final Guard REMOVAL_IS_DUE = named(
            "our file is worthless",
            all(OUTCOME.is(Outcome.FAILED), COPY.is(Copy.WORTHLESS), not(DESTINATION.is(Destination.EXISTING))));

    static final Guard NO_REMOVAL_DUE = named("no file to remove", not(REMOVAL_IS_DUE));
    static final Guard KEEPS_AND_FAILED = named("failed, file kept", all(OUTCOME.is(Outcome.FAILED), NO_REMOVAL_DUE));

    /** What a reopen leaves where QEMU is gone: a job that it is told for was ready, and so its copy is not worthless. */
    static final Guard ONLY_WITNESS_LEFT =
            named("only a witness left", all(WITNESS_LEFT, NO_REMOVAL_DUE, not(OUTCOME.is(Outcome.NONE))));

    /** A start that was given up may have left the formatting half done. */
    static final Guard FORMAT_LEFT_OVER = named(
            "formatting may be left over",
            all(DESTINATION.is(Destination.NEW_QCOW2), OUTCOME.is(Outcome.FAILED), COPY.is(Copy.WORTHLESS)));

    static final Guard NO_FORMAT_LEFT = named("nothing of the formatting left", not(FORMAT_LEFT_OVER));

    private static final List<JobState> LETTING_GO = List.of(JobState.RETREATING, JobState.CONCLUDED);

    /** Of another job of the domain: it is to let the guest go. */
    public static final Guard LETS_GUEST_GO =
            named("lets the guest go", all(RESUME_DUE.is(true), JOURNAL.isOneOf(LETTING_GO)));

    /** Of another job of the domain: it holds the guest paused. */
    public static final Guard NEEDS_PAUSE = named(
            "needs the pause",
            all(RESUME_DUE.is(true), not(JOURNAL.isOneOf(LETTING_GO)), not(JOURNAL.isOneOf(JobState.terminal()))));

    private Facts() {}

    /** The remembered state behind a passing one. */
    static Guard behind(JobState first, JobState... others) {
        List<JobState> states = new ArrayList<>(List.of(first));
        states.addAll(List.of(others));
        String names = String.join(" or ", states.stream().map(Enum::name).toList());
        return named("behind it " + names, JOURNAL.isOneOf(states));
    }
}
