package dev.blockcopy.engine.qmp;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Marks tests against a real QEMU: skipped with a printed line where there is none, or failing instead if {@code
 * -Dblockcopy.qemu.required=true}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@Tag("real-qemu")
@ExtendWith(NeedsRealQemu.Condition.class)
public @interface NeedsRealQemu {

    /** Whether a real QEMU is there. */
    final class Condition implements ExecutionCondition {

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            if (RealQemu.isInstalled()) {
                return ConditionEvaluationResult.enabled("QEMU is installed");
            }
            if (Boolean.getBoolean("blockcopy.qemu.required")) {
                throw new IllegalStateException("a real QEMU is required: " + RealQemu.MISSING);
            }
            System.out.println("real-QEMU test skipped: " + context.getDisplayName() + ": " + RealQemu.MISSING);
            return ConditionEvaluationResult.disabled(RealQemu.MISSING);
        }
    }
}
