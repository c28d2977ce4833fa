package dev.blockcopy.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.net.Socket;
import java.nio.channels.NetworkChannel;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What each package of the engine may know. */
@Tag("once")
class ArchitectureTest {
    private static final String ENGINE = "dev.blockcopy.engine";
    private static final JavaClasses CODE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ENGINE);
    private static final JavaClasses TESTS = new ClassFileImporter()
            .withImportOption(new ImportOption.OnlyIncludeTests())
            .importPackages(ENGINE);

    @Test
    void onlyTheStateMachineKnowsSpring() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ENGINE + ".statemachine")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework..", "reactor..")
                .check(CODE);
    }

    @Test
    void onlyTheStoreKnowsDatabases() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ENGINE + ".store")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", "org.sqlite..")
                .check(CODE);
    }

    @Test
    void onlyTheStoreAndTheCommandKnowTheJsonLibrary() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ENGINE + ".store", ENGINE + ".command")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("tools.jackson..")
                .check(CODE);
    }

    @Test
    void onlyItsOwnPackageKnowsTheLibraryForOpenFiles() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ENGINE + ".descriptors")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.newsclub..")
                .check(CODE);
    }

    @Test
    void theCoreOpensNoSocketByItself() {
        noClasses()
                .that()
                .resideInAPackage(ENGINE)
                .should()
                .dependOnClassesThat()
                .areAssignableTo(NetworkChannel.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Socket.class)
                .check(CODE);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching(ENGINE + ".(*)").should().beFreeOfCycles().check(CODE);
    }

    @Test
    void noTestSleeps() {
        noClasses()
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(Thread.class, "sleep", long.class, int.class)
                .orShould()
                .callMethod(TimeUnit.class, "sleep", long.class)
                .check(TESTS);
    }
}
