package dev.blockcopy.qemufake.conformance;

import dev.blockcopy.qemufake.wire.JsonValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/** The steps of a scenario that happen on the monitor: requests, bytes, waiting for what comes. */
final class PlayedClient implements AutoCloseable {
    private static final double REPLY_SECONDS = 20;
    private static final double RAW_REPLY_SECONDS = 5;
    private static final double RAW_SETTLE_SECONDS = 0.15;
    private static final long CONNECT_MILLIS = 10_000;
    private static final long TAIL_MILLIS = 200;
    private static final long NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);
    private static final double MILLIS = 1000;

    private final Scenario scenario;
    private final String folder;
    private final Transcript transcript;
    private final List<Fields> unseen = new ArrayList<>();
    private PlayedConnection connection;
    private Pattern only;

    PlayedClient(Scenario scenario, Path folder, Transcript transcript) {
        this.scenario = scenario;
        this.folder = folder.toString();
        this.transcript = transcript;
    }

    Path socket() {
        return Path.of(folder, "qmp.sock");
    }

    boolean isOver() {
        return connection != null && connection.isOver();
    }

    void connect(boolean negotiates) throws IOException {
        connection = PlayedConnection.open(socket(), CONNECT_MILLIS, scenario.sendsDescriptors());
        reply(CONNECT_MILLIS, null);
        if (negotiates) {
            request(Map.of("execute", "qmp_capabilities"), new Fields(Map.of()));
        }
    }

    /** Does the step if it is one of these. */
    boolean take(Fields step) throws IOException {
        if (step.has("note")) {
            transcript.note(step.text("note"));
        } else if (step.has("exec") || step.has("exec_oob")) {
            execute(step);
        } else if (step.has("hmp_io")) {
            String line = "qemu-io %s \"%s\"".formatted(step.text("drive", "drive0"), step.text("hmp_io"));
            expect(step, request(command("human-monitor-command", Map.of("command-line", line)), step));
        } else if (step.has("raw") || step.has("hex")) {
            raw(step);
        } else if (step.has("send_fd")) {
            sendDescriptors(step);
        } else if (step.has("poll")) {
            poll(step);
        } else {
            return waited(step);
        }
        return true;
    }

    private boolean waited(Fields step) throws IOException {
        if (step.has("await_event")) {
            awaitEvent(step);
        } else if (step.has("no_event")) {
            noEvent(step);
        } else if (step.has("no_reply")) {
            drain(step.millis("no_reply", 0));
            transcript.note("waited " + Fields.seconds(step.value("no_reply")) + " s for a reply");
        } else if (step.has("sleep")) {
            drain(step.millis("sleep", 0));
        } else if (step.has("wait_local")) {
            transcript.note("wait " + Fields.seconds(step.value("wait_local")) + " s");
            waitMillis(step.millis("wait_local", 0));
        } else if (step.has("disconnect")) {
            close();
            unseen.clear();
            transcript.note("disconnected");
        } else if (step.has("reconnect")) {
            transcript.note("reconnect");
            boolean isPlain = !(step.value("reconnect") instanceof Map<?, ?>);
            connect(isPlain || Fields.of(step.value("reconnect")).flag("negotiate", true));
        } else {
            return false;
        }
        return true;
    }

    private static void waitMillis(long millis) {
        long deadline = System.nanoTime() + millis * NANOS_PER_MILLI;
        while (System.nanoTime() < deadline) {
            LockSupport.parkNanos(deadline - System.nanoTime());
        }
    }

    private static Map<String, Object> command(String name, Object arguments) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("execute", name);
        if (arguments != null) {
            request.put("arguments", arguments);
        }
        return request;
    }

    private void execute(Fields step) throws IOException {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put(step.has("exec") ? "execute" : "exec-oob", step.text("exec", step.text("exec_oob")));
        if (step.has("args")) {
            request.put("arguments", step.value("args"));
        }
        if (step.has("id")) {
            request.put("id", step.value("id"));
        }
        only = step.has("only") ? Pattern.compile(step.text("only")) : null;
        Fields reply = request(request, step);
        only = null;
        expect(step, reply);
    }

    /** Sends it, and takes what comes up to its reply and a moment longer; null without a reply. */
    private Fields request(Map<String, Object> request, Fields step) throws IOException {
        transcript.value(Transcript.SENT, request);
        try {
            connection.send(line(request));
        } catch (IOException e) {
            transcript.note("send failed: BrokenPipeError");
            return null;
        }
        if (!step.flag("wait", true)) {
            return null;
        }
        Fields reply = reply(step.millis("timeout", REPLY_SECONDS), request.get("id"));
        settle(step.number("settle_ms", scenario.settleMillis()));
        return reply;
    }

    private byte[] line(Map<String, Object> request) {
        return (TranscriptText.of(substitutedAll(request)) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private void sendDescriptors(Fields step) throws IOException {
        int count = (int) step.number("count", 1);
        String mode = step.text("mode", "rw");
        Path file = Path.of(folder).resolve(step.text("send_fd"));
        transcript.note(
                "with %d descriptor%s of %s (%s)".formatted(count, count == 1 ? "" : "s", step.text("send_fd"), mode));
        Fields reply;
        try (SentDescriptors descriptors = SentDescriptors.open(file, mode, count)) {
            connection.attach(descriptors);
            reply = request(command(step.text("cmd", "getfd"), step.value("args")), step);
        }
        expect(step, reply);
    }

    private void raw(Fields step) throws IOException {
        byte[] once = step.has("hex")
                ? HexFormat.of().parseHex(step.text("hex"))
                : step.text("raw").getBytes(StandardCharsets.UTF_8);
        String shown = TranscriptText.of(new String(once, StandardCharsets.ISO_8859_1));
        int repeat = (int) step.number("repeat", 1);
        transcript.text(Transcript.SENT, (step.has("repeat") ? "raw*" + repeat : "raw") + ":" + shown);
        byte[] bytes = new String(once, StandardCharsets.ISO_8859_1)
                .repeat(repeat)
                .replace("$DIR", folder)
                .getBytes(StandardCharsets.ISO_8859_1);
        try {
            connection.send(bytes);
        } catch (IOException e) {
            transcript.note("send failed: BrokenPipeError");
        }
        for (long left = step.number("replies", 1); left > 0; left--) {
            reply(step.millis("timeout", RAW_REPLY_SECONDS), null);
        }
        settle(step.number("settle_ms", Math.round(RAW_SETTLE_SECONDS * MILLIS)));
    }

    private void expect(Fields step, Fields reply) {
        if (!step.has("expect") || reply == null) {
            return;
        }
        Object wanted = step.value("expect");
        if (wanted.equals("ok") && !reply.has("return")) {
            transcript.fail("expected success");
        } else if (wanted.equals("error") && !reply.has("error")) {
            transcript.fail("expected an error");
        } else if (wanted instanceof Map<?, ?> && !Fields.matches(reply.members(), substitutedAll(wanted))) {
            transcript.fail("reply does not match " + TranscriptText.of(wanted));
        }
    }

    private void awaitEvent(Fields step) {
        String name = step.text("await_event");
        long deadline = System.nanoTime() + step.millis("timeout", REPLY_SECONDS) * NANOS_PER_MILLI;
        while (true) {
            for (int i = 0; i < unseen.size(); i++) {
                if (isEvent(unseen.get(i), name, step)) {
                    unseen.subList(0, i + 1).clear();
                    return;
                }
            }
            Taken taken = takeBefore(deadline);
            if (taken == null || taken.isEnd()) {
                transcript.fail("no event " + name + " before the " + (taken == null ? "deadline" : "end"));
                return;
            }
        }
    }

    private void noEvent(Fields step) {
        String name = step.text("no_event");
        drain(step.millis("for", 0.3));
        if (unseen.stream().anyMatch(event -> isEvent(event, name, step))) {
            transcript.fail("unexpected event " + name);
        } else {
            Object seconds = step.has("for") ? step.value("for") : Double.valueOf(0.3);
            transcript.note("no " + name + " within " + Fields.seconds(seconds) + " s");
        }
    }

    private boolean isEvent(Fields event, String name, Fields step) {
        Object where = step.has("where") ? substitutedAll(step.value("where")) : Map.of();
        Object data = event.has("data") ? event.value("data") : Map.of();
        return event.text("event").equals(name) && Fields.matches(data, where);
    }

    /** Asks again and again until an element matches; of the asking only the last turn is written down. */
    private void poll(Fields step) throws IOException {
        long deadline = System.nanoTime() + step.millis("timeout", 10) * NANOS_PER_MILLI;
        Object wanted = substitutedAll(step.value("where"));
        while (true) {
            int before = transcript.length();
            Map<String, Object> request = command(step.text("poll"), null);
            transcript.value(Transcript.SENT, request);
            connection.send(line(request));
            Fields reply = reply(step.millis("reply_timeout", RAW_REPLY_SECONDS), null);
            Object value = reply == null ? null : reply.value("return");
            List<?> items = value instanceof List<?> list ? list : List.of(value == null ? "" : value);
            boolean isHit = step.flag("empty", false)
                    ? items.isEmpty()
                    : items.stream().anyMatch(item -> Fields.matches(item, wanted));
            if (reply == null || isHit) {
                return;
            }
            if (System.nanoTime() > deadline) {
                transcript.fail("poll " + step.text("poll") + " never matched " + TranscriptText.of(wanted));
                return;
            }
            transcript.keepEventsSince(before);
            drain(step.millis("every", 0.02));
        }
    }

    /** One line that was taken: a reply, an event, something else, or the end. */
    private record Taken(Fields reply, boolean isEnd) {}

    private Taken takeBefore(long deadline) {
        long leftMillis = (deadline - System.nanoTime()) / NANOS_PER_MILLI;
        return leftMillis <= 0 ? null : take(leftMillis);
    }

    private Taken take(long withinMillis) {
        byte[] raw = connection.take(withinMillis);
        if (raw == null) {
            return null;
        }
        if (raw.length == 0) {
            return new Taken(null, true);
        }
        String line = new String(raw, StandardCharsets.ISO_8859_1);
        if (!line.endsWith("\r\n")) {
            transcript.note("line not ended by CRLF: " + line.substring(Math.max(0, line.length() - 20)));
        }
        Fields value;
        try {
            value = Fields.of(JsonValue.read(line));
        } catch (IllegalArgumentException e) {
            transcript.text(Transcript.REPLY, "raw:" + TranscriptText.of(line));
            return new Taken(null, false);
        }
        if (value.has("event")) {
            if (!value.has("timestamp")) {
                transcript.note("event without a timestamp");
            }
            transcript.value(Transcript.EVENT, value.members());
            unseen.add(value);
            return new Taken(null, false);
        }
        transcript.value(Transcript.REPLY, filtered(value));
        return new Taken(value, false);
    }

    private Map<String, ?> filtered(Fields reply) {
        if (only == null || !(reply.value("return") instanceof List<?> list)) {
            return reply.members();
        }
        List<Fields> kept = list.stream()
                .map(Fields::of)
                .filter(one -> only.matcher(one.text("name", "")).find())
                .sorted(java.util.Comparator.comparing(one -> one.text("name")))
                .toList();
        transcript.note("%d elements; the ones whose name matches %s, sorted:".formatted(list.size(), only));
        Map<String, Object> shown = new LinkedHashMap<>(reply.members());
        shown.put("return", kept.stream().map(Fields::members).toList());
        return shown;
    }

    private void drain(long millis) {
        long deadline = System.nanoTime() + millis * NANOS_PER_MILLI;
        while (connection != null && !connection.isOver()) {
            Taken taken = take(Math.max(0, (deadline - System.nanoTime()) / NANOS_PER_MILLI));
            if (taken == null) {
                return;
            }
            if (taken.isEnd()) {
                transcript.note("server closed the connection");
                return;
            }
        }
    }

    /** Takes what comes until nothing has come for a while. */
    private void settle(long quietMillis) {
        int before;
        do {
            before = transcript.length();
            drain(quietMillis);
        } while (transcript.length() > before && connection != null && !connection.isOver());
    }

    /** Takes what an ended server had still said. */
    void drainTail() {
        settle(TAIL_MILLIS);
    }

    private Fields reply(long withinMillis, Object id) {
        long deadline = System.nanoTime() + withinMillis * NANOS_PER_MILLI;
        while (true) {
            long left = (deadline - System.nanoTime()) / NANOS_PER_MILLI;
            Taken taken = left <= 0 ? null : take(left);
            if (left <= 0) {
                transcript.fail("no reply within " + Fields.seconds(withinMillis / MILLIS) + " s");
                return null;
            }
            if (taken != null && taken.isEnd()) {
                transcript.note("server closed the connection");
                return null;
            }
            boolean isReply = taken != null && taken.reply() != null;
            if (isReply && (id == null || id.equals(taken.reply().value("id")))) {
                return taken.reply();
            }
        }
    }

    String substituted(String text) {
        return text.replace("$DIR", folder);
    }

    private Object substitutedAll(Object value) {
        if (value instanceof Map<?, ?> members) {
            Map<String, Object> all = new LinkedHashMap<>();
            members.forEach((key, member) -> all.put((String) key, substitutedAll(member)));
            return all;
        }
        if (value instanceof List<?> elements) {
            List<Object> all = new ArrayList<>();
            elements.forEach(element -> all.add(substitutedAll(element)));
            return all;
        }
        return value instanceof String text ? substituted(text) : value;
    }

    @Override
    public void close() throws IOException {
        if (connection != null) {
            connection.close();
        }
        connection = null;
    }
}
