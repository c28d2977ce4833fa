package dev.blockcopy.simulator;

import dev.blockcopy.qemufake.Dialect;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The journey of one test, which is closed after it; when the test fails, the wire is shown. */
final class JourneyOfTest implements AfterEachCallback {
    private Journey journey;

    Journey begin(Path dir, Dialect dialect, String... faults) throws IOException {
        journey = new Journey(dir, dialect, faults);
        return journey;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (journey == null) {
            return;
        }
        if (context.getExecutionException().isPresent()) {
            System.err.println(context.getDisplayName() + ":\n" + journey.wire());
        }
        journey.close();
    }
}
