package dev.blockcopy.engine.command;

import dev.blockcopy.engine.CopyRefusedException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the process tells its caller; the order is that of the numbers. */
enum ExitCode {
    DONE(0, 0, "done as asked"),
    OUR_FAULT(1, 8, "a fault of blockcopy itself"),
    USAGE(2, 1, "wrong usage, or refused input; nothing was changed"),
    STATE(3, 2, "refused by the state of the job (not ready, already ended)"),
    OTHERWISE(4, 3, "ended otherwise than asked (cancelled, failed)"),
    IN_DOUBT(5, 6, "in doubt: which image is the disk is not known yet"),
    HOSED(6, 7, "hosed: neither image could be opened, a person must act"),
    ENVIRONMENT(7, 5, "the monitor, the store or a file could not be used"),
    DEMAND(8, 4, "this QEMU can't meet the demand; nothing was changed"),
    INTERRUPTED(130, 0, "interrupted; a job that has not ended goes on in QEMU");

    private final int number;
    private final int weight;
    private final String meaning;

    ExitCode(int number, int weight, String meaning) {
        this.number = number;
        this.weight = weight;
        this.meaning = meaning;
    }

    int number() {
        return number;
    }

    String meaning() {
        return meaning;
    }

    static ExitCode of(CopyRefusedException.Kind kind) {
        return switch (kind) {
            case INPUT -> USAGE;
            case STATE -> STATE;
            case ENVIRONMENT -> ENVIRONMENT;
            case DEMAND -> DEMAND;
        };
    }

    /** The one to end with when several jobs ended differently. */
    static ExitCode worst(Collection<ExitCode> codes) {
        return codes.stream().max(Comparator.comparingInt(code -> code.weight)).orElse(DONE);
    }

    /** For the help of each command. */
    static Map<String, String> list() {
        Map<String, String> list = new LinkedHashMap<>();
        Arrays.stream(values()).forEach(code -> list.put(String.valueOf(code.number), code.meaning));
        return list;
    }
}
