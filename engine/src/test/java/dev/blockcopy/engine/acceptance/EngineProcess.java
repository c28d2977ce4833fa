package dev.blockcopy.engine.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.engine.CopyJobs;
import dev.blockcopy.engine.CopyRequest;
import dev.blockcopy.engine.CopyRequestBuilder;
import dev.blockcopy.engine.JobReport;
import dev.blockcopy.engine.image.ImageFormat;
import dev.blockcopy.engine.standard.StandardEngine;
import dev.blockcopy.model.lifecycle.Facts.Wish;
import dev.blockcopy.model.lifecycle.JobState;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** An engine in a process of its own, which tells each state of its one job on stdout, and can be killed. */
final class EngineProcess {

    private EngineProcess() {}

    /** The process: store, monitor, destination, wish, speed, and the state in which it waits to be killed. */
    public static void main(String[] arguments) throws Exception {
        CopyRequestBuilder request = CopyRequest.of(
                        Path.of(arguments[1]), "drive0", Path.of(arguments[2]), ImageFormat.RAW)
                .jobId("job")
                .bufSize(Images.MIB)
                .speed(Long.parseLong(arguments[4]));
        try (CopyJobs engine = StandardEngine.open(Path.of(arguments[0]))) {
            engine.watch(report -> tell(report, arguments[5]));
            engine.start(request.wish(Wish.valueOf(arguments[3])).build());
            engine.await("job", JobReport::hasEnded, Duration.ofMinutes(2));
        }
    }

    /** Holds up the engine's own thread, so that it goes no further. */
    private static void tell(JobReport report, String last) {
        System.out.println(report.state());
        if (report.state().name().equals(last)) {
            new CompletableFuture<Void>().join();
        }
    }

    /**
     * Has an engine copy {@code drive0} as a job called {@code job}, and kills it with SIGKILL as soon as the job is in a
     * state in which no guest waits, before the effect of that.
     *
     * @param speed bytes a second; 0 is as fast as it can
     */
    static void killedIn(JobState state, Scene scene, Path destination, Wish wish, long speed)
            throws IOException, InterruptedException {
        Process process = process(scene, destination, wish, speed, state.name()).start();
        try {
            awaitLine(state.name(), process);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /** Has an engine copy {@code drive0} as a job called {@code job} and pivot, and kill itself at a named instant. */
    static void killedAt(String failPoint, Scene scene, Path destination) throws IOException, InterruptedException {
        ProcessBuilder command = process(scene, destination, Wish.PIVOT, 0, "");
        command.environment().put("BLOCKCOPY_FAILPOINT", failPoint);
        Process process = command.start();
        assertThat(process.waitFor())
                .as("the exit code of an engine that is killed")
                .isEqualTo(128 + 9);
    }

    private static ProcessBuilder process(Scene scene, Path destination, Wish wish, long speed, String state) {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                EngineProcess.class.getName(),
                scene.store().toString(),
                scene.qemu().monitor().toString(),
                destination.toString(),
                wish.name(),
                Long.toString(speed),
                state);
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    }

    private static void awaitLine(String wanted, Process process) throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = lines.readLine();
        while (line != null && !line.equals(wanted)) {
            line = lines.readLine();
        }
        if (line == null) {
            throw new IOException("the engine ended before the job was " + wanted);
        }
    }
}
