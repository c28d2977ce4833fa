package dev.blockcopy.engine;

import dev.blockcopy.engine.qmp.QmpInput;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.JobState;
import dev.blockcopy.model.lifecycle.Trigger;
import dev.blockcopy.model.qmp.BlockDeviceInfo;
import dev.blockcopy.model.qmp.JobInfo;
import dev.blockcopy.model.qmp.QmpCommand;
import dev.blockcopy.model.qmp.QmpReply;
import dev.blockcopy.model.qmp.StatusInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * The lane's session with its monitor: at most one at a time, each with a number, so that nothing of an old one is
 * taken for news.
 *
 * <p>A new session counts only after its handshake: QEMU answered three queries, so nothing that an older session wrote is
 * still ahead of us, and its jobs and nodes tell whether it is the QEMU that each of our jobs lives in. Where the guest is
 * not, no job goes on until it is.
 */
final class LaneSession {
    /** What came of an attempt to get a session. */
    enum Dialled {
        /** There is one, or whether there is one will be heard. */
        UNDER_WAY,
        NOBODY_LISTENS,
        BUSY
    }

    private static final Duration DIAL_FIRST = Duration.ofMillis(50);
    private static final Duration DIAL_MAX = Duration.ofSeconds(2);
    private static final int DISTRUST_MAX = 3;

    private final LanePorts ports;
    private final LaneListener listener;
    private final Map<String, CompletableFuture<QmpReply>> queries = new HashMap<>();
    private MonitorLink link;
    private boolean opened;
    private boolean carriesFiles;
    private String socket = "";
    private long number;
    private Duration patience = DIAL_FIRST;
    private int distrusts;
    private boolean dialPosted;
    private final Set<LiveJob> greeted = new LinkedHashSet<>();
    private String nodesId = "";
    private String jobsId = "";
    private String disksId = "";
    private String statusId = "";
    private String livesId = "";
    private String away = "";
    private Map<LiveJob, Sighting> unsure = Map.of();
    private QmpReply nodesReply;
    private QmpReply disksReply;

    LaneSession(LanePorts ports, LaneListener listener) {
        this.ports = ports;
        this.listener = listener;
    }

    boolean isOpen() {
        return opened;
    }

    /** Whether it is open, or will be, if all goes well. */
    boolean isUnderWay() {
        return link != null;
    }

    boolean isCurrent(long session) {
        return session == number && link != null;
    }

    /** Whether open files can go along, if there is a session. */
    boolean carriesFiles() {
        return carriesFiles;
    }

    /**
     * Tries once.
     *
     * @param forFiles whether open files are to go along with the lines
     */
    Dialled dial(boolean forFiles) {
        dialPosted = false;
        if (link != null) {
            return Dialled.UNDER_WAY;
        }
        long session = ++number;
        socket = ports.dialer().identity();
        try {
            Consumer<QmpInput> sink = input -> ports.post(new LaneInput.FromMonitor(session, input));
            link = forFiles ? ports.dialer().openForFiles(sink) : ports.dialer().open(sink);
            carriesFiles = forFiles;
        } catch (MonitorDialer.UnreachableException e) {
            if (e.nobodyListens()) {
                listener.trouble(e.getMessage());
                return Dialled.NOBODY_LISTENS;
            }
            listener.notServed(e.getMessage());
            return Dialled.BUSY;
        }
        if (!socket.equals(ports.dialer().identity())) {
            socket = "";
        }
        return Dialled.UNDER_WAY;
    }

    /** Which socket the session goes through; empty if that can't be told. */
    String socket() {
        return socket;
    }

    /**
     * The connection stands.
     *
     * @param jobs those that the handshake is to find
     */
    void opened(List<LiveJob> jobs) {
        opened = true;
        patience = DIAL_FIRST;
        greeted.clear();
        greet(jobs);
    }

    /** Asks whether this is the QEMU of these jobs too. */
    void greet(List<LiveJob> jobs) {
        greeted.addAll(jobs);
        nodesReply = null;
        nodesId = link.send(new QmpCommand.QueryNamedBlockNodes(true));
        boolean hasOld =
                greeted.stream().anyMatch(live -> !live.spec().dialect().isJobApi());
        disksId = hasOld ? link.send(new QmpCommand.QueryBlock()) : "";
        away = "";
        statusId = link.send(new QmpCommand.QueryStatus());
        jobsId = link.send(new QmpCommand.QueryJobs());
    }

    /** Asks once more where the guest was not here. */
    void greetAgain(List<LiveJob> jobs) {
        if (opened && !away.isEmpty()) {
            greet(jobs);
        }
    }

    /** Why the jobs don't go on, though there is a session; empty if they do. */
    String away() {
        return away;
    }

    void dialLater() {
        if (!dialPosted) {
            dialPosted = true;
            ports.post(new LaneInput.Dial(), patience);
            Duration doubled = patience.multipliedBy(2);
            patience = doubled.compareTo(DIAL_MAX) < 0 ? doubled : DIAL_MAX;
        }
    }

    void anticipate(QmpCommand command) {
        if (opened) {
            link.anticipate(command);
        }
    }

    Optional<String> send(QmpCommand command) {
        return opened ? Optional.of(link.send(command)) : Optional.empty();
    }

    Optional<String> send(QmpCommand command, Path file) throws IOException {
        return opened ? Optional.of(link.send(command, file)) : Optional.empty();
    }

    /** What each job meets here, its own QEMU or another one, once the handshake is complete with this reply. */
    Optional<Map<LiveJob, Sighting>> handshake(String id, QmpReply reply) {
        if (id.equals(nodesId)) {
            nodesReply = reply;
            return Optional.empty();
        }
        if (id.equals(disksId)) {
            disksReply = reply;
            return Optional.empty();
        }
        if (id.equals(statusId)) {
            away = greeted.isEmpty() ? "" : awayBy(reply);
            return Optional.empty();
        }
        if (id.equals(livesId)) {
            return Optional.of(unsure);
        }
        if (!id.equals(jobsId) || nodesReply == null) {
            return Optional.empty();
        }
        if (!away.isEmpty()) {
            greeted.clear();
            return Optional.of(Map.of());
        }
        Set<String> names = namesOf(nodesReply);
        names.addAll(jobsOf(reply));
        Map<LiveJob, Sighting> met = new LinkedHashMap<>();
        greeted.forEach(live -> met.put(live, sighting(live, names)));
        greeted.clear();
        return onceSure(met);
    }

    /**
     * A QEMU that died before the images were looked at has none of them open, whatever it had: another one counts as met
     * only if it still answers after that look.
     */
    private Optional<Map<LiveJob, Sighting>> onceSure(Map<LiveJob, Sighting> met) {
        if (met.values().stream().noneMatch(sighting -> sighting.trigger() == Trigger.ANOTHER_QEMU)) {
            return Optional.of(met);
        }
        unsure = met;
        livesId = link.send(new QmpCommand.QueryStatus());
        return Optional.empty();
    }

    private static String awayBy(QmpReply reply) {
        return reply instanceof QmpReply.Success success
                ? AwayGuest.words(StatusInfo.from(success.value())).orElse("")
                : "";
    }

    /** It is the job's QEMU if it knows the job, or if it was met on this very socket before, whatever it knows by now. */
    private Sighting sighting(LiveJob live, Set<String> names) {
        Elsewhere elsewhere = new Elsewhere(socket);
        boolean isOld = !live.spec().dialect().isJobApi();
        boolean isFound = isOld ? isOnOurFiles(live.spec()) : isFound(live.spec(), names);
        boolean isOurs = isFound || elsewhere.isWhereItWasMet(live.job());
        Sighting sighting = isOurs || !isOld && willAnyDo(live.job()) ? live.presence() : absence(live);
        return sighting.noting(elsewhere.noted(live.job(), isOurs));
    }

    /** One that was started anew on the source, after ours had died, is no reason for a doubt. */
    private Sighting absence(LiveJob live) {
        boolean isGone = ports.files().isOnlySourceInUse(live.job());
        return live.absence(isGone ? Trigger.QEMU_GONE : Trigger.ANOTHER_QEMU);
    }

    /** Where nothing carries a nonce, a disk on one of the job's images is the best that can be known. */
    private boolean isOnOurFiles(CopySpec spec) {
        return disksReply instanceof QmpReply.Success success
                && FileEvidence.of(spec, success.value()) != Trigger.ON_ANOTHER;
    }

    private static Set<String> namesOf(QmpReply reply) {
        Set<String> names = new HashSet<>();
        if (reply instanceof QmpReply.Success success) {
            BlockDeviceInfo.listFrom(success.value()).forEach(node -> names.add(node.nodeName()));
        }
        return names;
    }

    private static Set<String> jobsOf(QmpReply reply) {
        Set<String> ids = new HashSet<>();
        if (reply instanceof QmpReply.Success success) {
            JobInfo.listFrom(success.value()).forEach(job -> ids.add(job.id()));
        }
        return ids;
    }

    /** QEMU knows a name that carries the job's nonce. */
    private static boolean isFound(CopySpec spec, Set<String> names) {
        return names.contains(spec.nodeName())
                || names.contains(spec.id())
                || names.contains(spec.bareNodeName())
                || names.contains(spec.formatJobId());
    }

    /**
     * Before anything of the job was there, and after all of it was let go, it goes on in whatever QEMU there is: what is
     * still to be undone is absent there, and that is as good.
     */
    private static boolean willAnyDo(CopyJob job) {
        return job.phase() == JobState.REQUESTED
                || job.phase() == JobState.PLACING
                || job.phase() == JobState.CONCLUDED && !job.facts().get(Facts.RESUME_DUE);
    }

    void query(LaneInput.Query query) {
        Optional<String> id = send(query.command());
        if (id.isPresent()) {
            queries.put(id.get(), query.reply());
        } else {
            query.reply().completeExceptionally(new IllegalStateException("there is no session with the monitor"));
        }
    }

    boolean answerQuery(String id, QmpReply reply) {
        CompletableFuture<QmpReply> asked = queries.remove(id);
        return asked != null && asked.complete(reply);
    }

    void lost(String why) {
        queries.values().forEach(reply -> reply.completeExceptionally(new IllegalStateException(why)));
        queries.clear();
        close();
    }

    void close() {
        if (link != null) {
            link.close();
            link = null;
            opened = false;
        }
        nodesId = "";
        jobsId = "";
        disksId = "";
        statusId = "";
        livesId = "";
        away = "";
    }

    /** Being wrong once can be somebody else's doing; being wrong again and again is our own fault. */
    void countDistrust(String text) {
        distrusts++;
        if (distrusts > DISTRUST_MAX) {
            throw new IllegalStateException("the table does not fit what happens: " + text);
        }
    }
}
