package dev.blockcopy.simulator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which package may know which; here, because only the simulator sees all modules. */
@Tag("once")
class ArchitectureTest {

    private static final String MODEL = "dev.blockcopy.model..";
    private static final String WORDS = "dev.blockcopy.model.qmp..";
    private static final String FAKE = "dev.blockcopy.qemufake..";
    private static final String ENGINE = "dev.blockcopy.engine..";
    private static final String MACHINE = "dev.blockcopy.engine.statemachine..";
    private static final String[] SPRING = {"org.springframework..", "reactor.."};
    private static final String JACKSON = "tools.jackson..";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.blockcopy");

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(CLASSES);
    }

    @Test
    void seesAllModules() {
        assertThat(CLASSES.stream().map(JavaClass::getPackageName))
                .anyMatch(name -> name.startsWith("dev.blockcopy.model"))
                .anyMatch(name -> name.startsWith("dev.blockcopy.qemufake"))
                .anyMatch(name -> name.startsWith("dev.blockcopy.engine"))
                .anyMatch(name -> name.startsWith("dev.blockcopy.simulator"));
    }

    @Test
    void arrowsPointAtTheModel() {
        check(noClasses()
                .that()
                .resideInAPackage(MODEL)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(FAKE, ENGINE, "dev.blockcopy.simulator.."));
    }

    @Test
    void engineAndFakeDoNotMeet() {
        check(noClasses()
                .that()
                .resideInAPackage(ENGINE)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(FAKE));
        check(noClasses()
                .that()
                .resideInAPackage(FAKE)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ENGINE));
    }

    @Test
    void springStaysInItsPackage() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(MACHINE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(SPRING));
    }

    @Test
    void theJsonLibraryStaysWithWordsAndEngineAndOutOfSignatures() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages(WORDS, ENGINE)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(JACKSON));
        check(methods()
                .that()
                .arePublic()
                .and()
                .areDeclaredInClassesThat()
                .arePublic()
                .should(notShow(JACKSON)));
    }

    @Test
    void modelAndCoreOfTheFakeHaveNoClockThreadOrDisk() {
        check(noClasses()
                .that()
                .resideInAnyPackage(MODEL, "dev.blockcopy.qemufake")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.io..", "java.nio.file..", "java.nio.channels..", "java.net..", "java.util.concurrent..")
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(Thread.class, java.time.Clock.class, java.time.Instant.class, java.util.Random.class)
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis"));
    }

    @Test
    void packagesHaveNoCycles() {
        check(slices().matching("dev.blockcopy.(**)").should().beFreeOfCycles());
    }

    private static ArchCondition<JavaMethod> notShow(String packages) {
        String prefix = packages.replace("..", ".");
        return new ArchCondition<>("not show a type of " + packages) {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                Stream.concat(Stream.of(method.getRawReturnType()), method.getRawParameterTypes().stream())
                        .filter(type -> type.getName().startsWith(prefix))
                        .forEach(type -> events.add(SimpleConditionEvent.violated(method, method.getDescription())));
            }
        };
    }
}
