package dev.blockcopy.qemufake.server;

import dev.blockcopy.qemufake.conformance.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The fake in this process, on a real socket, started by QEMU's command line. */
final class FakeTarget implements Target {
    private static final int SIGKILL = 9;

    private FakeQemu qemu;
    private boolean isKilled;

    @Override
    public void start(List<String> arguments, Path folder) {
        qemu = StartedQemu.of(StartOptions.of(arguments), FakeQemu.builder());
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
