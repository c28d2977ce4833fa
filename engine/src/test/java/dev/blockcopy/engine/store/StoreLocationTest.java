package dev.blockcopy.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StoreLocationTest {
    private static final Path HOME = Path.of("/home/ada");

    @Test
    void aUserHasAStoreAtHome() {
        assertThat(StoreLocation.of(false, Map.of(), HOME))
                .isEqualTo(Path.of("/home/ada/.local/state/blockcopy/jobs.db"));
    }

    @Test
    void theEnvironmentNamesThePlaceForState() {
        assertThat(StoreLocation.of(false, Map.of("XDG_STATE_HOME", "/state"), HOME))
                .isEqualTo(Path.of("/state/blockcopy/jobs.db"));
    }

    @Test
    void aRelativeOrEmptyPlaceIsIgnored() {
        Path atHome = StoreLocation.of(false, Map.of(), HOME);
        assertThat(StoreLocation.of(false, Map.of("XDG_STATE_HOME", "state"), HOME))
                .isEqualTo(atHome);
        assertThat(StoreLocation.of(false, Map.of("XDG_STATE_HOME", ""), HOME)).isEqualTo(atHome);
    }

    @Test
    void rootHasTheStoreOfTheHostWhateverItsEnvironment() {
        assertThat(StoreLocation.of(true, Map.of("XDG_STATE_HOME", "/home/ada/state"), HOME))
                .isEqualTo(Path.of("/var/lib/blockcopy/jobs.db"));
    }

    @Test
    void thisProcessHasOne() {
        assertThat(StoreLocation.ofThisUser()).isAbsolute().hasFileName("jobs.db");
    }
}
