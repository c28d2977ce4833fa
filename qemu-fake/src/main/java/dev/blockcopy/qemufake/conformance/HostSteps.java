package dev.blockcopy.qemufake.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The steps of a scenario that change the host around QEMU: files, mounts, locks. */
final class HostSteps implements AutoCloseable {
    private final ImageSteps images;
    private final Transcript transcript;
    private final List<Path> mounts = new ArrayList<>();
    private Process locker;

    HostSteps(ImageSteps images, Transcript transcript) {
        this.images = images;
        this.transcript = transcript;
    }

    /** Does the step if it is one of these. */
    boolean take(Fields step) throws IOException {
        if (step.has("make_image")) {
            Fields image = Fields.of(step.value("make_image"));
            images.make(image);
            transcript.note("made image " + image.text("file"));
        } else if (step.has("mkdir")) {
            Files.createDirectories(images.path(step.text("mkdir")));
        } else if (step.has("rename")) {
            rename((List<?>) step.value("rename"));
        } else if (step.has("unlink")) {
            Files.delete(images.path(step.text("unlink")));
            transcript.note("unlinked " + step.text("unlink"));
        } else if (step.has("write_file")) {
            images.write(step.text("write_file"), step.text("text"));
        } else if (step.has("chattr")) {
            HostCommand.run(List.of(
                    "chattr",
                    step.text("chattr"),
                    images.path(step.text("file")).toString()));
        } else if (step.has("tmpfs")) {
            mount(images.path(step.text("tmpfs")), step.size("size", 0));
        } else if (step.has("hold_lock")) {
            holdLock(step.text("hold_lock"));
        } else {
            return looked(step);
        }
        return true;
    }

    private boolean looked(Fields step) throws IOException {
        if (step.has("compare_images")) {
            images.compare(step);
        } else if (step.has("sample")) {
            images.sample(step);
        } else if (step.has("image_info")) {
            images.info(step.text("image_info"));
        } else if (step.has("stat")) {
            images.stat(step.text("stat"));
        } else {
            return false;
        }
        return true;
    }

    private void rename(List<?> names) throws IOException {
        Files.move(images.path((String) names.get(0)), images.path((String) names.get(1)));
        transcript.note("renamed " + names.get(0) + " to " + names.get(1));
    }

    private void mount(Path folder, long size) throws IOException {
        Files.createDirectories(folder);
        HostCommand.run(List.of("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", folder.toString()));
        mounts.add(folder);
    }

    /** Another program of QEMU has the image open for writing; once it has answered it has the lock. */
    private void holdLock(String name) throws IOException {
        locker = new ProcessBuilder("qemu-io", "-f", "raw", images.path(name).toString())
                .redirectErrorStream(true)
                .start();
        locker.getOutputStream().write("length\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        locker.getOutputStream().flush();
        if (locker.getInputStream().read() < 0) {
            throw new IOException("qemu-io can't open " + name);
        }
        transcript.note("another process has " + name + " open");
    }

    @Override
    public void close() throws IOException {
        if (locker != null) {
            locker.getOutputStream().close();
            locker.onExit().join();
        }
        for (Path mount : mounts) {
            HostCommand.run(List.of("umount", mount.toString()));
        }
    }
}
