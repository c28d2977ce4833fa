package dev.blockcopy.engine.command;

import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * One run of the command on an engine that is a fake.
 *
 * @param code the exit code
 * @param out what was on standard output
 * @param err what was on standard error
 */
record Run(int code, String out, String err) {
    private static final long NANOS_A_LOOK = 1_000_000_000L;

    static Run of(Copies engine, String... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        long[] now = {0};
        Surroundings surroundings = new Surroundings(
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                false,
                false,
                (store, mayMake) -> engine,
                () -> now[0] += NANOS_A_LOOK,
                () -> isInterrupted(engine));
        int code = Blockcopy.commandLine(surroundings).execute(words);
        return new Run(code, out.toString(), err.toString());
    }

    private static boolean isInterrupted(Copies engine) {
        return engine instanceof FakeCopies fake && fake.isInterrupted;
    }

    /** The words of one line, as typed. */
    static Run of(Copies engine, String line) {
        return of(engine, line.split(" "));
    }
}
