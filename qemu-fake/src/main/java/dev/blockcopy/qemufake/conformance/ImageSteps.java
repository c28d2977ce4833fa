package dev.blockcopy.qemufake.conformance;

import dev.blockcopy.qemufake.wire.JsonValue;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The steps of a scenario that make images, or look at them from outside. */
final class ImageSteps {
    private static final int CHUNK = 1 << 20;
    private static final int BLOCK = 512;
    private static final int KINDS_SHOWN = 6;
    private static final List<String> SHOWN =
            List.of("format", "virtual-size", "backing-filename", "backing-filename-format");

    private final Path folder;
    private final Transcript transcript;

    ImageSteps(Path folder, Transcript transcript) {
        this.folder = folder;
        this.transcript = transcript;
    }

    static boolean needsQemuTools(Fields step) {
        boolean comparesOthers = step.has("formats") && !step.value("formats").equals(List.of("raw", "raw"));
        boolean samplesOthers =
                step.has("sample") && !step.text("format", "raw").equals("raw");
        return step.has("image_info") || comparesOthers || samplesOthers;
    }

    Path path(String name) {
        return folder.resolve(name);
    }

    /** Makes an image and fills parts of it with a byte. */
    void make(Fields image) throws IOException {
        Path file = path(image.text("file"));
        Files.createDirectories(file.getParent());
        String format = image.text("format", "raw");
        long size = image.size("size", 0);
        if (format.equals("raw")) {
            try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
                raw.setLength(0);
                raw.setLength(size);
                for (List<?> fill : fills(image)) {
                    fill(raw, (byte) pattern(fill.get(0)), Fields.size(fill.get(1)), Fields.size(fill.get(2)));
                }
            }
            return;
        }
        List<String> create = new ArrayList<>(List.of("qemu-img", "create", "-q", "-f", format));
        if (image.has("backing")) {
            create.addAll(
                    List.of("-b", path(image.text("backing")).toString(), "-F", image.text("backing_fmt", "raw")));
        }
        create.addAll(List.of(file.toString(), Long.toString(size)));
        HostCommand.run(create);
        for (List<?> fill : fills(image)) {
            String write =
                    "write -q -P %s %d %d".formatted(fill.get(0), Fields.size(fill.get(1)), Fields.size(fill.get(2)));
            HostCommand.run(List.of("qemu-io", "-f", format, "-c", write, file.toString()));
        }
    }

    private static List<List<?>> fills(Fields image) {
        List<List<?>> fills = new ArrayList<>();
        if (image.has("fill")) {
            ((List<?>) image.value("fill")).forEach(fill -> fills.add((List<?>) fill));
        }
        return fills;
    }

    private static int pattern(Object value) {
        return value instanceof Long number ? number.intValue() : Integer.decode((String) value);
    }

    private static void fill(RandomAccessFile raw, byte pattern, long offset, long length) throws IOException {
        byte[] chunk = new byte[(int) Math.min(length, CHUNK)];
        Arrays.fill(chunk, pattern);
        raw.seek(offset);
        for (long left = length; left > 0; left -= chunk.length) {
            raw.write(chunk, 0, (int) Math.min(left, chunk.length));
        }
    }

    void compare(Fields step) throws IOException {
        List<?> names = (List<?>) step.value("compare_images");
        String first = (String) names.get(0);
        String second = (String) names.get(1);
        String result = needsQemuTools(step)
                ? compareFormats(path(first), path(second), (List<?>) step.value("formats"))
                : compareRaw(path(first), path(second));
        transcript.note("compare " + first + " " + second + ": " + result);
        if (step.has("expect") && !result.startsWith(step.text("expect"))) {
            transcript.fail("expected images to be " + step.text("expect"));
        }
    }

    private static String compareFormats(Path first, Path second, List<?> formats) {
        HostCommand compare = HostCommand.of(List.of(
                "qemu-img",
                "compare",
                "-U",
                "-f",
                (String) formats.get(0),
                "-F",
                (String) formats.get(1),
                first.toString(),
                second.toString()));
        return switch (compare.status()) {
            case 0 -> "identical";
            case 1 -> "differ";
            default -> "error: " + compare.output().strip();
        };
    }

    private static String compareRaw(Path first, Path second) throws IOException {
        long differs = Files.mismatch(first, second);
        long sizeOfFirst = Files.size(first);
        long sizeOfSecond = Files.size(second);
        if (differs < 0) {
            return "identical";
        }
        return differs == Math.min(sizeOfFirst, sizeOfSecond)
                ? "same bytes, sizes " + sizeOfFirst + " and " + sizeOfSecond
                : "differ";
    }

    /** Which byte stands in a part of an image. */
    void sample(Fields step) throws IOException {
        String name = step.text("sample");
        long offset = step.size("at", 0);
        long length = step.size("len", BLOCK);
        String result = step.text("format", "raw").equals("raw")
                ? sampleRaw(path(name), offset, (int) length)
                : sampleFormat(step, offset, length);
        Object shown = step.has("len") ? step.value("len") : Integer.valueOf(BLOCK);
        transcript.note("sample " + name + " at " + step.value("at") + " len " + shown + ": " + result);
        if (step.has("expect") && !result.equals(step.text("expect"))) {
            transcript.fail("expected " + step.text("expect"));
        }
    }

    private static String sampleRaw(Path file, long offset, int length) throws IOException {
        byte[] bytes = new byte[length];
        try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "r")) {
            raw.seek(offset);
            int count = raw.read(bytes);
            bytes = count < 0 ? new byte[0] : Arrays.copyOf(bytes, count);
        }
        TreeSet<Integer> kinds = new TreeSet<>();
        for (byte one : bytes) {
            kinds.add(one & 0xFF);
        }
        if (kinds.isEmpty()) {
            return "nothing";
        }
        List<String> shown =
                kinds.stream().limit(KINDS_SHOWN).map("0x%02x"::formatted).toList();
        return kinds.size() == 1 ? "all " + shown.get(0) : "mixed: " + String.join(" ", shown);
    }

    private String sampleFormat(Fields step, long offset, long length) {
        if (!step.has("try")) {
            throw new IllegalStateException("a sample of another format than raw needs bytes to 'try'");
        }
        List<?> patterns = (List<?>) step.value("try");
        String result = "";
        for (Object pattern : patterns) {
            String read = "read -P %s %d %d".formatted(pattern, offset, length);
            HostCommand io = HostCommand.of(List.of(
                    "qemu-io",
                    "-U",
                    "-f",
                    step.text("format"),
                    "-c",
                    read,
                    path(step.text("sample")).toString()));
            if (io.status() == 0 && !io.output().contains("verification failed")) {
                result = "all " + pattern;
            }
        }
        return result.isEmpty() ? "none of " + String.join(" ", patterns.toArray(String[]::new)) : result;
    }

    void info(String name) {
        HostCommand info = HostCommand.of(
                List.of("qemu-img", "info", "-U", "--output=json", path(name).toString()));
        String shown = info.output().strip();
        if (info.status() == 0) {
            Fields all = Fields.of(JsonValue.read(info.output()));
            Map<String, Object> kept = new LinkedHashMap<>();
            SHOWN.stream().filter(all::has).forEach(key -> kept.put(key, all.value(key)));
            shown = TranscriptText.of(kept);
        }
        transcript.note("image " + name + ": " + shown);
    }

    void stat(String name) throws IOException {
        Path file = path(name);
        if (!Files.exists(file)) {
            transcript.note("stat " + name + ": missing");
            return;
        }
        boolean isEmpty = ((Number) Files.getAttribute(file, "unix:size")).longValue() > 0 && isSparse(file);
        transcript.note("stat " + name + ": size " + Files.size(file) + (isEmpty ? ", no blocks allocated" : ""));
    }

    private static boolean isSparse(Path file) {
        return HostCommand.of(List.of("stat", "-c", "%b", file.toString()))
                .output()
                .strip()
                .equals("0");
    }

    void write(String name, String text) throws IOException {
        Files.write(path(name), text.replace("$DIR", folder.toString()).getBytes(StandardCharsets.UTF_8));
    }

    /** Removes everything in the folder, and the folder. */
    void removeAll() {
        try (var paths = Files.walk(folder)) {
            for (Path path : paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
