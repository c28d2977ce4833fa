package dev.blockcopy.engine.command;

import dev.blockcopy.engine.CopyRefusedException;
import dev.blockcopy.engine.JobReport;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.JobState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Waits for jobs and shows how far they are, whoever drives them; jobs whose owner died meanwhile are taken over.
 *
 * <p>When it is interrupted it lets a paused guest go first, and a job begin that is being started; then it leaves the
 * jobs as they are.
 */
final class Follower {
    private static final Duration LOOK = Duration.ofMillis(200);
    static final Duration LEAVE_MAX = Duration.ofSeconds(15);
    private static final Set<JobState> WAITS_TO_PIVOT = EnumSet.of(JobState.APPROACHING, JobState.GAUGING);
    private static final long TAKE_OVER_NANOS = Duration.ofSeconds(2).toNanos();

    private final Copies copies;
    private final Surroundings surroundings;
    private final CommonOptions common;
    private final Display display;
    private final Map<String, String> troubles = new HashMap<>();
    private final Map<String, String> delays = new HashMap<>();
    private final Map<String, String> delaysTold = new HashMap<>();
    /** Nothing becomes of them any more, so they are not looked at again. */
    private final Map<String, JobReport> ended = new HashMap<>();

    private long lastTakeOver;

    Follower(Copies copies, Surroundings surroundings, CommonOptions common) {
        this.copies = copies;
        this.surroundings = surroundings;
        this.common = common;
        this.display = new Display(surroundings);
        this.lastTakeOver = surroundings.nanoTime().getAsLong();
    }

    /** Waits for one job. */
    JobReport follow(String id, Asked asked, Optional<Duration> limit) throws CopyRefusedException, LeftAloneException {
        return follow(List.of(id), asked, limit).get(0);
    }

    /** Waits until all are as asked, or the time is up; tells how each is then. */
    List<JobReport> follow(List<String> ids, Asked asked, Optional<Duration> limit)
            throws CopyRefusedException, LeftAloneException {
        long started = surroundings.nanoTime().getAsLong();
        try {
            while (!surroundings.isInterrupted().getAsBoolean()) {
                List<JobReport> reports = look(ids);
                Optional<JobReport> unmet =
                        reports.stream().filter(report -> !isMet(report, asked)).findFirst();
                if (unmet.isEmpty()) {
                    return reports;
                }
                if (isOver(started, limit)) {
                    return leftInTime(ids);
                }
                adoptOrphans(reports);
                copies.await(unmet.get().id(), report -> isMet(report, asked), LOOK);
            }
            throw leave(ids);
        } catch (InterruptedException e) {
            throw leave(ids);
        } finally {
            display.clear();
        }
    }

    /** A doubt counts only once this process has looked for evidence, or could not. */
    private boolean isMet(JobReport report, Asked asked) {
        boolean lookIsDue = report.phase() == JobState.IN_DOUBT
                && report.isDrivenHere()
                && !isAtRest(report)
                && copies.troubleWith(report.id()).isEmpty();
        return !lookIsDue && asked.isReached(report);
    }

    /** Connected, and no look is under way. */
    static boolean isAtRest(JobReport report) {
        return report.state() == report.phase() && report.job().facts().get(Facts.ONLINE);
    }

    private List<JobReport> look(List<String> ids) throws CopyRefusedException {
        List<JobReport> reports = new ArrayList<>();
        for (String id : ids) {
            JobReport report = ended.containsKey(id) ? ended.get(id) : copies.find(id);
            reports.add(report);
            if (report.hasEnded()) {
                ended.put(id, report);
            } else {
                tellTrouble(id, copies.troubleWith(id));
                tellDelay(report);
            }
        }
        display.show(reports);
        return reports;
    }

    private void tellTrouble(String id, String trouble) {
        if (!trouble.equals(troubles.getOrDefault(id, ""))) {
            troubles.put(id, trouble);
            display.clear();
            surroundings.err().println(id + ": " + (trouble.isEmpty() ? "the monitor is there again" : trouble));
        }
    }

    /** Why a pivot can't begin yet; what is over by the next look was none. */
    private void tellDelay(JobReport report) {
        String delay = WAITS_TO_PIVOT.contains(report.state())
                ? report.job().findings().error()
                : "";
        boolean isToldNow = delay.equals(delays.put(report.id(), delay));
        if (isToldNow && !delay.isEmpty() && !delay.equals(delaysTold.put(report.id(), delay))) {
            display.clear();
            surroundings.err().println(report.id() + ": " + delay);
        }
    }

    private boolean isOver(long started, Optional<Duration> limit) {
        return limit.isPresent()
                && surroundings.nanoTime().getAsLong() - started >= limit.get().toNanos();
    }

    private void adoptOrphans(List<JobReport> reports) {
        long now = surroundings.nanoTime().getAsLong();
        boolean orphans = reports.stream()
                .anyMatch(report -> !report.hasEnded() && report.owner().isEmpty());
        if (orphans && now - lastTakeOver > TAKE_OVER_NANOS) {
            lastTakeOver = now;
            copies.takeOver();
        }
    }

    /** The time is up; a guest that QEMU can let go is not left paused for that. */
    private List<JobReport> leftInTime(List<String> ids) throws CopyRefusedException, InterruptedException {
        for (JobReport report : look(ids)) {
            if (isPausing(report)
                    && report.isDrivenHere()
                    && report.job().facts().get(Facts.ONLINE)) {
                tellLettingGo(report.id());
                copies.await(report.id(), now -> !isPausing(now), LEAVE_MAX);
            }
        }
        return look(ids);
    }

    /** What an interrupted command ends with, once the jobs can be left alone. */
    LeftAloneException leave(List<String> ids) throws CopyRefusedException {
        Thread.interrupted(); // has been heard, and must not cut short what follows
        List<JobReport> reports = new ArrayList<>();
        for (String id : ids) {
            reports.add(leaveInOrder(id));
        }
        return new LeftAloneException(common.howToGoOn(reports));
    }

    private JobReport leaveInOrder(String id) throws CopyRefusedException {
        JobReport report = copies.find(id);
        if (!isPausing(report) && !isBeginning(report) && !isEnding(report)) {
            return report;
        }
        if (isPausing(report)) {
            tellLettingGo(id);
        } else {
            surroundings.err().println(id + (isEnding(report) ? ": is just ending" : ": is left as soon as it copies"));
        }
        try {
            return copies.await(id, now -> !isPausing(now) && !isBeginning(now) && !isEnding(now), LEAVE_MAX);
        } catch (InterruptedException again) {
            return report;
        }
    }

    private void tellLettingGo(String id) {
        surroundings.err().println(id + ": the guest is let go first");
    }

    static boolean isPausing(JobReport report) {
        return report.job().facts().get(Facts.RESUME_DUE) && !report.isSettled();
    }

    /** Nothing but clearing away is left. */
    private static boolean isEnding(JobReport report) {
        return report.isDrivenHere() && report.phase() == JobState.CONCLUDED;
    }

    /** A start that is cut in the middle would be undone. */
    private static boolean isBeginning(JobReport report) {
        return report.isDrivenHere() && report.phase().compareTo(JobState.STREAMING) < 0;
    }
}
