package dev.blockcopy.qemufake.conformance;

import dev.blockcopy.qemufake.wire.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** What a client does, step by step, and to what kind of QEMU; read from a JSON file. */
public final class Scenario {
    private static final int SETTLE_MILLIS = 60;
    /** Steps and places that only root can do: immutable files, mounts. */
    private static final Set<String> ROOT_STEPS = Set.of("chattr", "tmpfs");

    private final String name;
    private final Fields fields;

    private Scenario(String name, Fields fields) {
        this.name = name;
        this.fields = fields;
    }

    /**
     * Reads one; its name is the file's without its ending.
     *
     * @throws IllegalArgumentException if it is no JSON object, with the file's name
     */
    public static Scenario read(Path file) throws IOException {
        String name = file.getFileName().toString().replaceFirst("\\.json$", "");
        try {
            return new Scenario(name, Fields.of(JsonValue.read(Files.readString(file))));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    public String name() {
        return name;
    }

    List<Fields> images() {
        return fields.list("images");
    }

    List<Fields> drives() {
        return fields.list("drives");
    }

    List<Fields> before() {
        return fields.list("before");
    }

    List<Fields> steps() {
        return fields.list("steps");
    }

    List<Fields> after() {
        return fields.list("after");
    }

    List<?> extraArguments() {
        return fields.has("extra_args") ? (List<?>) fields.value("extra_args") : List.of();
    }

    String machine() {
        return fields.text("machine", "none");
    }

    boolean connects() {
        return fields.flag("connect", true);
    }

    boolean negotiates() {
        return fields.flag("negotiate", true);
    }

    boolean collapses() {
        return fields.flag("collapse", false);
    }

    boolean keepsProgress() {
        return fields.flag("keep_progress", false);
    }

    /** Whether the connection may end before the steps do. */
    boolean closes() {
        return fields.flag("closes", false);
    }

    int settleMillis() {
        return (int) fields.number("settle_ms", SETTLE_MILLIS);
    }

    /** Whether its client sends open files along. */
    public boolean sendsDescriptors() {
        return steps().stream().anyMatch(step -> step.has("send_fd"));
    }

    /** Whether it changes the host in a way that only root may. */
    public boolean needsRoot() {
        return before().stream().anyMatch(step -> ROOT_STEPS.stream().anyMatch(step::has));
    }

    /** Whether QEMU's own tools are needed to make or to look at images. */
    public boolean needsQemuTools() {
        boolean makesOthers =
                images().stream().anyMatch(image -> !image.text("format", "raw").equals("raw"));
        return makesOthers
                || steps().stream().anyMatch(ImageSteps::needsQemuTools)
                || before().stream().anyMatch(step -> step.has("hold_lock"));
    }
}
