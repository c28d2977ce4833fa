package dev.blockcopy.engine.command;

import dev.blockcopy.engine.JobReport;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The last words of a command about its jobs: lines for people, or the document. */
final class Ending {
    private final String command;
    private final CommonOptions common;
    private final Surroundings surroundings;

    Ending(String command, CommonOptions common, Surroundings surroundings) {
        this.command = command;
        this.common = common;
        this.surroundings = surroundings;
    }

    /** About one job. */
    int of(JobReport report, ExitCode code) {
        tell(report);
        document(code, Map.of("job", Documents.JOB.of(report)));
        warnIfLeft(report);
        return code.number();
    }

    /** About several jobs, each judged by itself. */
    int of(List<JobReport> reports, Function<JobReport, ExitCode> judge) {
        reports.forEach(this::tell);
        ExitCode worst = ExitCode.worst(reports.stream().map(judge).toList());
        document(worst, Map.of("jobs", reports.stream().map(Documents.JOB::of).toList()));
        reports.forEach(this::warnIfLeft);
        return worst.number();
    }

    /** A job that goes on although the process that drove it ends. */
    private void warnIfLeft(JobReport report) {
        if (report.isDrivenHere() && !report.isSettled()) {
            warn("nobody watches " + report.id() + " from now on; '" + common.command("watch " + report.id())
                    + "' drives it on");
        }
    }

    /** With JSON people are told on standard error, if anybody looks at it. */
    void tell(JobReport report) {
        PrintWriter people = common.json() ? surroundings.err() : surroundings.out();
        ResultText.of(report, common, surroundings.ansi()).forEach(people::println);
    }

    void document(ExitCode code, Map<String, Object> own) {
        if (common.json()) {
            surroundings.out().println(Documents.document(command, code, own));
        }
    }

    void warn(String line) {
        surroundings.err().println(line);
    }
}
