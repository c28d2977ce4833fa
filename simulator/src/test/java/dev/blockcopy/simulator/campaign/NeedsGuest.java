package dev.blockcopy.simulator.campaign;

import java.io.File;
import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Marks tests with a guest that writes in a real QEMU: skipped with a printed line where there is no QEMU or the guest can't
 * be built, or failing instead if {@code -Dblockcopy.qemu.required=true}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@Tag("real-qemu")
@ExtendWith(NeedsGuest.Condition.class)
@interface NeedsGuest {

    /** Whether QEMU and the guest are there. */
    final class Condition implements ExecutionCondition {

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            String missing = missing();
            if (missing.isEmpty()) {
                return ConditionEvaluationResult.enabled("QEMU is installed, and the guest is built");
            }
            if (Boolean.getBoolean("blockcopy.qemu.required")) {
                throw new IllegalStateException("a guest in a real QEMU is required: " + missing);
            }
            System.out.println("test with a writing guest skipped: " + context.getDisplayName() + ": " + missing);
            return ConditionEvaluationResult.disabled(missing);
        }

        private static String missing() {
            boolean hasQemu = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                    .anyMatch(folder -> Files.isExecutable(Path.of(folder, "qemu-system-x86_64")));
            if (!hasQemu) {
                return "qemu-system-x86_64 is not on the PATH";
            }
            try {
                GuestKit.in(GuestKit.usualPlace());
                return "";
            } catch (IOException e) {
                return e.getMessage();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return "interrupted while the guest was built";
            }
        }
    }
}
