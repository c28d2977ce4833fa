package dev.blockcopy.qemufake.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Plays one scenario against one target, once. */
public final class ScenarioPlayer {
    private static final Duration END = Duration.ofSeconds(10);
    private static final int SIGTERM = 15;
    private static final int SIGKILL = 9;

    /**
     * How it went.
     *
     * @param lines the transcript
     * @param failures what was not as the scenario expects it
     */
    public record Outcome(List<String> lines, List<String> failures) {}

    private final Scenario scenario;
    private final Target target;
    private final Path folder;
    private final Transcript transcript;
    private final HostSteps host;
    private final ImageSteps images;
    private final PlayedClient client;

    private ScenarioPlayer(Scenario scenario, Target target, Path folder) {
        this.scenario = scenario;
        this.target = target;
        this.folder = folder;
        transcript = new Transcript(new Normaliser(folder.toString(), scenario.keepsProgress()), scenario.collapses());
        images = new ImageSteps(folder, transcript);
        host = new HostSteps(images, transcript);
        client = new PlayedClient(scenario, folder, transcript);
    }

    /** Plays it in a folder of its own, which is gone afterwards. */
    public static Outcome play(Scenario scenario, Target target) throws IOException {
        Path folder = Files.createTempDirectory("scenario.");
        ScenarioPlayer player = new ScenarioPlayer(scenario, target, folder);
        try {
            player.play();
        } finally {
            player.images.removeAll();
        }
        return new Outcome(player.transcript.lines(), player.transcript.failures());
    }

    private void play() throws IOException {
        try (host) {
            for (Fields image : scenario.images()) {
                images.make(image);
            }
            for (Fields step : scenario.before()) {
                host.take(step);
            }
            try {
                target.start(arguments(), folder);
            } catch (IllegalArgumentException e) {
                transcript.fail("did not start: " + e.getMessage());
                return;
            }
            try {
                talk();
            } finally {
                end();
                for (Fields step : scenario.after()) {
                    host.take(step);
                }
                transcript.endRepeats();
            }
        }
    }

    private List<String> arguments() {
        List<String> arguments =
                new ArrayList<>(List.of("-M", scenario.machine(), "-nodefaults", "-display", "none", "-S"));
        if (!scenario.machine().equals("none")) {
            arguments.addAll(List.of("-accel", "tcg"));
        }
        for (Fields drive : scenario.drives()) {
            arguments.addAll(List.of("-drive", drive(drive)));
        }
        scenario.extraArguments().forEach(argument -> arguments.add(client.substituted((String) argument)));
        arguments.addAll(List.of("-qmp", "unix:" + client.socket() + ",server=on,wait=off"));
        return arguments;
    }

    private String drive(Fields drive) {
        StringBuilder text = new StringBuilder("if=none,id=" + drive.text("id"));
        text.append(",file=").append(images.path(drive.text("file")));
        text.append(",format=").append(drive.text("format", "raw"));
        if (drive.has("node")) {
            text.append(",node-name=").append(drive.text("node"));
        }
        if (drive.has("options")) {
            Fields.of(drive.value("options"))
                    .members()
                    .forEach((key, value) ->
                            text.append(',').append(key).append('=').append(value));
        }
        return text.toString();
    }

    private void talk() throws IOException {
        if (scenario.connects()) {
            client.connect(scenario.negotiates());
        }
        int index = 0;
        for (Fields step : scenario.steps()) {
            if (!isTaken(index, step)) {
                return;
            }
            if (client.isOver() && !scenario.closes()) {
                transcript.fail("connection gone after step " + index);
                return;
            }
            index++;
        }
        client.drainTail();
    }

    private boolean isTaken(int index, Fields step) {
        try {
            take(step);
            return true;
        } catch (IOException | IllegalStateException | java.io.UncheckedIOException e) {
            transcript.fail("step " + index + " " + TranscriptText.of(step.members()) + ": " + e);
            return false;
        }
    }

    private void take(Fields step) throws IOException {
        if (step.has("kill")) {
            target.signal((int) step.number("kill", 0));
            transcript.note("server ended: " + target.awaitEnd(END.multipliedBy(2)));
            client.drainTail();
            client.close();
        } else if (step.has("wait_exit")) {
            String end = target.awaitEnd(Duration.ofMillis(step.millis("wait_exit", 0)));
            client.drainTail();
            transcript.note("server ended: " + end);
        } else if (!client.take(step) && !host.take(step)) {
            throw new IllegalStateException("unknown step " + TranscriptText.of(step.members()));
        }
    }

    private void end() throws IOException {
        client.close();
        if (target.awaitEnd(Duration.ZERO) == null) {
            target.signal(SIGTERM);
            if (target.awaitEnd(END) == null) {
                transcript.note("server ignored SIGTERM for 10 s");
                target.signal(SIGKILL);
                target.awaitEnd(END);
            }
        }
        target.complaints().stream()
                .filter(line -> !line.contains("terminating on signal"))
                .forEach(line -> transcript.note("stderr: " + line));
    }
}
