package dev.blockcopy.qemufake.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Starts a fake QEMU for each test, with disks in memory, on a socket with a name of its own; a parameter of type {@link
 * dev.blockcopy.qemufake.server.FakeQemu} is that fake. What stands at a method holds instead of what stands at its
 * class.
 *
 * <pre>{@code
 * @Test
 * @WithFakeQemu(faults = "refused-pivot")
 * void staysOnTheSourceWhenThePivotIsRefused(FakeQemu qemu) {
 *     new MyClient(qemu.socket()).pivot();
 *     ...
 * }
 * }</pre>
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ExtendWith(FakeQemuExtension.class)
public @interface WithFakeQemu {
    /** The guest's disks as {@code NAME=SIZE}, with the sizes of {@code qemu-img}. */
    String[] disks() default "drive0=64M";

    /** More images, for {@code blockdev-add} to open by name, as {@code NAME=SIZE}. */
    String[] images() default {};

    /** What is to go wrong: presets, rules or files, as {@code --fault} takes them. */
    String[] faults() default {};

    /** How many records the guest writes a second. */
    int guestWrites() default 0;

    /** How many monitors there are. */
    int monitors() default 1;

    /** As {@code -S}: the guest does not run before {@code cont}. */
    boolean stopped() default false;

    /** The commands that are expected; any, if none is named here. */
    String[] expects() default {};

    /** Commands that may be tried although the fake does not know them. */
    String[] tolerates() default {};

    /** Whether an unexpected command, or a fault that never struck, fails the test. */
    boolean strict() default true;
}
