package dev.tidemark;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;

/** The rooms of what acts on a server: they may write and connect, each for its own purpose, and do not know each other. */
@AnalyzeClasses(packages = {"dev.tidemark.collect", "dev.tidemark.mitigate", "dev.tidemark.probe"},
        importOptions = ImportOption.DoNotIncludeTests.class)
class OnsiteArchitectureTest {
    @ArchTest
    static final ArchRule roomsDoNotKnowEachOther = slices().matching("dev.tidemark.(collect|mitigate|probe)..")
            .should().notDependOnEachOther();

    @ArchTest
    static final ArchRule onlyProbeConnects = noClasses().that().resideOutsideOfPackage("dev.tidemark.probe..")
            .should().dependOnClassesThat().resideInAnyPackage("java.net.http..", "javax.net..");

    @ArchTest
    static final ArchRule probeWritesNoFile = noClasses().that().resideInAPackage("dev.tidemark.probe..")
            .should().dependOnClassesThat().haveFullyQualifiedName("java.nio.file.Files");

    @ArchTest
    static final ArchRule timeComesFromTheCaller = noClasses().should().callMethod(Instant.class, "now");

    @ArchTest
    static final ArchRule nothingIsSharedThatChanges = fields().that().areStatic().should().beFinal();

    @ArchTest
    static final ArchRule libraryPrintsNothing = noClasses().should().accessField(System.class, "out")
            .orShould().accessField(System.class, "err");
}
