package dev.blockcopy.engine.store;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * SQLite's own code, unpacked once for all processes of a user: the driver would unpack a megabyte anew for each, and a
 * process that is killed would leave it behind.
 */
final class NativeLibrary {
    private static final Logger LOG = LoggerFactory.getLogger(NativeLibrary.class);
    private static final String CHOSEN = "org.sqlite.lib.path";
    private static final String ELSEWHERE = "org.sqlite.tmpdir";

    private NativeLibrary() {}

    /** Has the driver load it from the user's cache, unless somebody has chosen another place; else it unpacks for itself. */
    static synchronized void choose() {
        if (System.getProperty(CHOSEN) == null && System.getProperty(ELSEWHERE) == null) {
            try {
                System.setProperty(CHOSEN, in(usualPlace()).toString());
            } catch (IOException e) {
                LOG.debug("SQLite is unpacked for this process alone", e);
            }
        }
    }

    private static Path usualPlace() {
        String caches = Objects.requireNonNullElse(System.getenv("XDG_CACHE_HOME"), "");
        Path cache = caches.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(caches);
        return cache.resolve("blockcopy");
    }

    /** The folder with the library of this version, whole. */
    static Path in(Path cache) throws IOException {
        Path folder = cache.resolve("sqlite-" + SQLiteJDBCLoader.getVersion());
        Path library = folder.resolve(LibraryLoaderUtil.getNativeLibName());
        URL resource = SQLiteJDBCLoader.class.getResource(
                LibraryLoaderUtil.getNativeLibResourcePath() + "/" + LibraryLoaderUtil.getNativeLibName());
        if (resource == null) {
            throw new IOException("the driver has none for this machine");
        }
        URLConnection packed = resource.openConnection();
        if (Files.notExists(library) || Files.size(library) != packed.getContentLengthLong()) {
            unpack(packed, library);
        }
        return folder;
    }

    /** Under another name first, so that nobody finds half of it. */
    private static void unpack(URLConnection packed, Path library) throws IOException {
        Files.createDirectories(library.getParent());
        Path half = Files.createTempFile(library.getParent(), "half-", ".so");
        try (InputStream in = packed.getInputStream()) {
            Files.copy(in, half, StandardCopyOption.REPLACE_EXISTING);
            Files.move(half, library, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(half);
        }
    }
}
