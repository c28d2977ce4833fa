package dev.blockcopy.qemufake.server;

import dev.blockcopy.qemufake.Sizes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Plays a dialogue against a fake in this process.
 *
 * <p>Lines: {@code #} a comment; {@code disk NAME SIZE}, {@code image NAME SIZE}, {@code device DRIVE ID}, {@code fault
 * RULE}, {@code stopped} before the first request; then {@code >} a request (several in a row go out at once), {@code
 * advance MILLIS}, {@code disconnect}, {@code connect}, {@code terminate}; {@code <} what the fake says, written anew.
 */
final class Scenario {
    private final FakeQemuBuilder builder;
    private final List<String> said = new ArrayList<>();
    private InProcessQemu qemu;
    private boolean isWaiting;

    private Scenario(FakeQemuBuilder builder) {
        this.builder = builder;
    }

    static List<String> play(List<String> lines, FakeQemuBuilder builder) {
        Scenario scenario = new Scenario(builder);
        for (String line : lines) {
            if (!line.startsWith("<")) {
                scenario.take(line);
            }
        }
        scenario.answer();
        return scenario.said;
    }

    private void take(String line) {
        if (!line.startsWith(">")) {
            answer();
        }
        said.add(line);
        if (line.isBlank() || line.startsWith("#")) {
            return;
        }
        String[] words = line.split(" ", 3);
        if (isSetUp(words)) {
            return;
        }
        start();
        act(words[0], line);
    }

    private boolean isSetUp(String[] words) {
        switch (words[0]) {
            case "disk" -> builder.drive(words[1], Sizes.parse(words[2]));
            case "image" -> builder.image(words[1], Sizes.parse(words[2]));
            case "device" -> builder.device(words[1], words[2]);
            case "fault" -> builder.fault(words[1]);
            case "stopped" -> builder.stopped();
            default -> {
                return false;
            }
        }
        return true;
    }

    private void act(String word, String line) {
        switch (word) {
            case ">" -> {
                qemu.send(line.substring(2) + "\n");
                isWaiting = true;
            }
            case "advance" -> qemu.advance(Duration.ofMillis(Long.parseLong(line.substring(8))));
            case "disconnect" -> qemu.disconnect();
            case "connect" -> qemu.connect();
            case "terminate" -> qemu.terminate();
            default -> throw new IllegalArgumentException("no such line: " + line);
        }
        if (!isWaiting) {
            print();
        }
    }

    private void start() {
        if (qemu == null) {
            qemu = builder.inProcess();
            qemu.connect();
            qemu.send("{\"execute\": \"qmp_capabilities\"}");
            qemu.run();
            qemu.receive();
        }
    }

    private void answer() {
        if (isWaiting) {
            qemu.run();
            print();
            isWaiting = false;
        }
    }

    private void print() {
        qemu.receive()
                .lines()
                .map(line -> "< " + line.replaceFirst("\"timestamp\": \\{[^}]*}, ", ""))
                .forEach(said::add);
        if (qemu.isCut()) {
            said.add("< (cut)");
        }
    }
}
