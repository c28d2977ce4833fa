package dev.blockcopy.engine.command;

import dev.blockcopy.engine.Answer;
import dev.blockcopy.engine.CopyRefusedException;
import dev.blockcopy.engine.CopyRefusedException.Kind;
import dev.blockcopy.engine.JobReport;
import dev.blockcopy.model.lifecycle.Trigger;
import java.time.Duration;
import java.util.Optional;

/**
 * One request to end a job, carried out by whoever owns its monitor.
 *
 * @param command the name of the command that asks
 * @param trigger what is asked of the job
 * @param asked what is to come of it
 */
record Request(String command, Trigger trigger, Asked asked, CommonOptions common, Surroundings surroundings) {

    int carryOut(String job, MonitorOption monitor, boolean async, Optional<Duration> limit)
            throws CopyRefusedException, InterruptedException, LeftAloneException {
        Ending ending = new Ending(command, common, surroundings);
        try (Copies copies = common.open(surroundings)) {
            monitor.applyTo(copies, job);
            Answer answer = copies.ask(job, trigger);
            if (answer.kind() == Answer.Kind.REFUSED) {
                throw new CopyRefusedException(Kind.STATE, job + ": " + answer.text());
            }
            JobReport report = copies.find(job);
            if (async && !report.isDrivenHere()) {
                return ending.of(report, ExitCode.DONE);
            }
            report = new Follower(copies, surroundings, common).follow(job, asked, limit);
            if (!asked.isReached(report)) {
                ending.warn(job + ": not done in time; it is written down, and '" + common.command("recover " + job)
                        + "' goes on with it"
                        + (Follower.isPausing(report) ? "; THE GUEST IS PAUSED UNTIL THEN" : ""));
                return ending.of(report, ExitCode.ENVIRONMENT);
            }
            return ending.of(report, asked.judge(report));
        }
    }
}
