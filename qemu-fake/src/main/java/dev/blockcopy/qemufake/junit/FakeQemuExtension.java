package dev.blockcopy.qemufake.junit;

import dev.blockcopy.qemufake.server.FakeQemu;
import dev.blockcopy.qemufake.server.FakeQemuBuilder;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Gives each test a fake QEMU of its own, as {@link WithFakeQemu} says, or as a field of the test class does:
 *
 * <pre>{@code
 * @RegisterExtension
 * final FakeQemuExtension fake = FakeQemuExtension.with(qemu -> qemu.drive("drive0", image).fault("never-ready"));
 * }</pre>
 */
public final class FakeQemuExtension implements BeforeEachCallback, AfterEachCallback, ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(FakeQemuExtension.class);

    /** Null where the annotation says it. */
    private final Consumer<FakeQemuBuilder> setUp;

    private int monitors = 1;
    private final Set<String> expected = new HashSet<>();
    private final Set<String> tolerated = new HashSet<>();
    private boolean isStrict = true;
    private TestedQemu tested;

    /** For JUnit, where the annotation stands. */
    public FakeQemuExtension() {
        this(null);
    }

    private FakeQemuExtension(Consumer<FakeQemuBuilder> setUp) {
        this.setUp = setUp;
    }

    /** An extension whose fakes are set up like this. */
    public static FakeQemuExtension with(Consumer<FakeQemuBuilder> setUp) {
        return new FakeQemuExtension(setUp);
    }

    /** Gives the fake so many monitors. */
    public FakeQemuExtension monitors(int count) {
        monitors = count;
        return this;
    }

    /** Any other command fails the test. */
    public FakeQemuExtension expects(String... commands) {
        expected.addAll(List.of(commands));
        return this;
    }

    /** These commands may be tried although the fake does not know them. */
    public FakeQemuExtension tolerates(String... commands) {
        tolerated.addAll(List.of(commands));
        return this;
    }

    /** Neither an unexpected command nor a fault that never struck fails the test. */
    public FakeQemuExtension lenient() {
        isStrict = false;
        return this;
    }

    /**
     * The fake of the running test.
     *
     * @throws IllegalStateException between two tests
     */
    public FakeQemu qemu() {
        if (tested == null) {
            throw new IllegalStateException("there is a fake QEMU only while a test runs");
        }
        return tested.qemu();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        tested = setUp == null ? fromAnnotation(context) : TestedQemu.start(setUp, monitors, strictness());
        context.getStore(NAMESPACE).put(key(), tested);
    }

    /** Two extensions on one test have a fake each. */
    private Object key() {
        return setUp == null ? WithFakeQemu.class : this;
    }

    private Strictness strictness() {
        return isStrict ? new Strictness(expected, tolerated) : null;
    }

    private static TestedQemu fromAnnotation(ExtensionContext context) {
        WithFakeQemu said = AnnotationSupport.findAnnotation(context.getRequiredTestMethod(), WithFakeQemu.class)
                .or(() -> AnnotationSupport.findAnnotation(
                        context.getRequiredTestClass(), WithFakeQemu.class, context.getEnclosingTestClasses()))
                .orElseThrow(() -> new IllegalStateException("say @WithFakeQemu, or use FakeQemuExtension.with"));
        Strictness strictness = new Strictness(Set.of(said.expects()), Set.of(said.tolerates()));
        return TestedQemu.start(builder -> setUp(builder, said), said.monitors(), said.strict() ? strictness : null);
    }

    private static void setUp(FakeQemuBuilder builder, WithFakeQemu said) {
        Arrays.stream(said.disks()).map(NamedSize::of).forEach(disk -> builder.drive(disk.name(), disk.bytes()));
        Arrays.stream(said.images()).map(NamedSize::of).forEach(image -> builder.image(image.name(), image.bytes()));
        Arrays.stream(said.faults()).forEach(builder::fault);
        builder.guest(said.guestWrites());
        if (said.stopped()) {
            builder.stopped();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        TestedQemu ending = context.getStore(NAMESPACE).remove(key(), TestedQemu.class);
        tested = null;
        if (ending != null) {
            ending.end(context);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == FakeQemu.class
                && context.getStore(NAMESPACE).get(key()) != null;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getStore(NAMESPACE).get(key(), TestedQemu.class).qemu();
    }
}
