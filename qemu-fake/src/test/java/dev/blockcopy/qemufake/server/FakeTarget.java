package dev.blockcopy.qemufake.server;

import dev.blockcopy.qemufake.conformance.Scenario;
import dev.blockcopy.qemufake.conformance.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.ParameterException;

/** The fake in this process, on a real socket, started by QEMU's command line. */
final class FakeTarget implements Target {
    private static final int SIGKILL = 9;

    private final boolean takesDescriptors;
    private FakeQemu qemu;
    private boolean isKilled;

    FakeTarget(Scenario scenario) {
        takesDescriptors = scenario.sendsDescriptors();
    }

    @Override
    public void start(List<String> arguments, Path folder) {
        QemuFake command = new QemuFake();
        try {
            List<String> all = new ArrayList<>(arguments);
            if (takesDescriptors) {
                all.add("--descriptors");
            }
            QemuFake.commandLine(command).parseArgs(all.toArray(String[]::new));
        } catch (ParameterException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        qemu = command.start(FakeQemu.builder());
    }

    @Override
    public void signal(int number) {
        if (number == SIGKILL) {
            isKilled = true;
            qemu.kill();
        } else {
            qemu.close();
        }
    }

    @Override
    public String awaitEnd(Duration within) {
        CompletableFuture<Void> end = CompletableFuture.runAsync(qemu::join);
        if (!within.isZero()) {
            end.completeOnTimeout(null, within.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        }
        if (qemu.isServing()) {
            return null;
        }
        if (isKilled) {
            return "signal " + SIGKILL;
        }
        return qemu.state().isDead() ? "signal " + qemu.state().deathSignal() : "status 0";
    }

    @Override
    public List<String> complaints() {
        return qemu.state().complaints();
    }
}
