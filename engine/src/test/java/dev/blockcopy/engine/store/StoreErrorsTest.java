package dev.blockcopy.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

class StoreErrorsTest {
    @ParameterizedTest
    @EnumSource(SQLiteErrorCode.class)
    void everyErrorIsOneLineWithTheFileAndARemedy(SQLiteErrorCode code) {
        StoreErrors errors = new StoreErrors(Path.of("/a/jobs.db"), 50);
        String message = errors.ofWrite(new SQLiteException("odd\nthing", code), StoreErrors.WRITE_UNKNOWN)
                .getMessage();
        assertThat(message)
                .startsWith("store /a/jobs.db: ")
                .doesNotContain("\n")
                .matches(".*: [^:]+; whether it was written is not known");
    }
}
