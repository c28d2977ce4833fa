package dev.blockcopy.engine.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What Linux itself does with a block device, read from {@code /sys/dev/block} and {@code /proc}.
 *
 * <p>QEMU opens a block device without asking whether it is mounted, so this is asked here.
 */
final class HostBlockDevices {

    private static final Path SYSFS = Path.of("/sys/dev/block");
    private static final Path MOUNTS = Path.of("/proc/self/mountinfo");
    private static final int NUMBER_FIELD = 2;
    private static final int MOUNT_POINT_FIELD = 4;

    private HostBlockDevices() {}

    static Optional<String> use(FileIdentity device) throws IOException {
        Optional<String> mountPoint = mountPoint(number(device));
        if (mountPoint.isPresent()) {
            return Optional.of("is mounted on " + mountPoint.get());
        }
        return holder(SYSFS.resolve(number(device))).map(name -> "is part of the device " + name);
    }

    static List<Path> filesUnder(FileIdentity device) throws IOException {
        Path backing = SYSFS.resolve(number(device)).resolve("loop/backing_file");
        if (!Files.isReadable(backing)) {
            return List.of();
        }
        return List.of(Path.of(Files.readString(backing).stripTrailing()));
    }

    private static Optional<String> mountPoint(String number) throws IOException {
        try (Stream<String> mounts = Files.lines(MOUNTS)) {
            return mounts.map(line -> line.split(" "))
                    .filter(fields -> fields[NUMBER_FIELD].equals(number))
                    .map(fields -> fields[MOUNT_POINT_FIELD])
                    .findFirst();
        }
    }

    private static Optional<String> holder(Path device) throws IOException {
        Path holders = device.resolve("holders");
        if (!Files.isDirectory(holders)) {
            return Optional.empty();
        }
        try (Stream<Path> names = Files.list(holders)) {
            return names.map(name -> name.getFileName().toString()).findFirst();
        }
    }

    private static String number(FileIdentity device) {
        return device.major() + ":" + device.minor();
    }
}
