package dev.blockcopy.simulator.campaign;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.CRC32;

/**
 * The kernel and the initial file system of a guest that does nothing but write. Immutable.
 *
 * @param kernel what QEMU boots
 * @param initrd what runs in it
 */
public record GuestKit(Path kernel, Path initrd) {
    private static final String[] SOURCES = {"guest.sh", "writer.c"};

    /** Where the guest is kept unless somebody says otherwise: among the files that can be made again. */
    public static Path usualPlace() {
        String caches = Objects.requireNonNullElse(System.getenv("XDG_CACHE_HOME"), "");
        Path cache = caches.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(caches);
        return cache.resolve("blockcopy").resolve("guest");
    }

    /**
     * The guest in a folder, built there first if it is not there yet as it is now.
     *
     * @throws IOException if it can't be built here; the message says what is missing
     */
    public static synchronized GuestKit in(Path dir) throws IOException, InterruptedException {
        Map<String, byte[]> sources = new TreeMap<>();
        CRC32 sum = new CRC32();
        for (String name : SOURCES) {
            try (InputStream source = GuestKit.class.getResourceAsStream(name)) {
                sources.put(name, source.readAllBytes());
                sum.update(sources.get(name));
            }
        }
        Path version = dir.resolve(String.format("%08x", sum.getValue()));
        GuestKit kit = new GuestKit(version.resolve("vmlinuz"), version.resolve("initrd"));
        if (!Files.exists(kit.kernel) || !Files.exists(kit.initrd)) {
            Files.createDirectories(version);
            for (Map.Entry<String, byte[]> source : sources.entrySet()) {
                Files.write(version.resolve(source.getKey()), source.getValue());
            }
            build(version);
        }
        return kit;
    }

    private static void build(Path dir) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("bash", dir.resolve(SOURCES[0]).toString(), dir.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes()).strip();
        if (process.waitFor() != 0) {
            throw new IOException(
                    "the writing guest can't be built here: " + said.substring(said.lastIndexOf('\n') + 1));
        }
    }
}
