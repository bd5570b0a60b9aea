package dev.tidemark;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import dev.tidemark.bytes.HotPath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;

/**
 * The rooms of the engine and who may look into whose: data walks one way. Each rule was seen red once, on a planted
 * violation: see yours red, too.
 */
@AnalyzeClasses(packages = "dev.tidemark", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule dataWalksOneWay = layeredArchitecture().consideringOnlyDependenciesInLayers()
            .layer("model").definedBy("dev.tidemark.model..").layer("bytes").definedBy("dev.tidemark.bytes..")
            .layer("acquire").definedBy("dev.tidemark.acquire..").layer("read").definedBy("dev.tidemark.read..")
            .layer("detect").definedBy("dev.tidemark.detect..").layer("posture").definedBy("dev.tidemark.posture..")
            .layer("correlate").definedBy("dev.tidemark.correlate..").layer("judge").definedBy("dev.tidemark.judge..")
            .layer("scan").definedBy("dev.tidemark.scan..").layer("dump").definedBy("dev.tidemark.dump..")
            .whereLayer("model").mayNotAccessAnyLayer()
            .whereLayer("bytes").mayNotAccessAnyLayer()
            .whereLayer("acquire").mayOnlyAccessLayers("model", "bytes")
            .whereLayer("read").mayOnlyAccessLayers("model", "bytes", "acquire")
            .whereLayer("detect").mayOnlyAccessLayers("model", "bytes", "read")
            .whereLayer("posture").mayOnlyAccessLayers("model", "read")
            .whereLayer("correlate").mayOnlyAccessLayers("model")
            .whereLayer("judge").mayOnlyAccessLayers("model")
            .whereLayer("dump").mayOnlyAccessLayers("model", "bytes", "read")
            .whereLayer("dump").mayNotBeAccessedByAnyLayer()
            .whereLayer("scan").mayNotBeAccessedByAnyLayer();

    @ArchTest
    static final ArchRule everyClassLivesInARoom = classes().should().resideInAnyPackage("dev.tidemark.model..",
            "dev.tidemark.bytes..", "dev.tidemark.acquire..", "dev.tidemark.read..", "dev.tidemark.detect..",
            "dev.tidemark.posture..", "dev.tidemark.correlate..", "dev.tidemark.judge..", "dev.tidemark.scan..",
            "dev.tidemark.dump..");

    @ArchTest
    static final ArchRule readersDoNotKnowEachOther =
            slices().matching("dev.tidemark.read.(*)..").should().notDependOnEachOther();

    @ArchTest
    static final ArchRule tricksWearABadge = noClasses().that().areNotAnnotatedWith(HotPath.class).should()
            .dependOnClassesThat().haveNameMatching("java\\.lang\\.invoke\\.VarHandle|java\\.nio\\.MappedByteBuffer"
                    + "|sun\\.misc\\.Unsafe");

    @ArchTest
    static void badgeNamesABenchmarkThatIsThere(JavaClasses all) {
        Path benchmarks = Path.of("..", "bench", "src", "main", "java", "dev", "tidemark", "bench");
        List<String> named = all.stream().filter(c -> c.isAnnotatedWith(HotPath.class))
                .map(c -> (String) c.getAnnotationOfType(HotPath.class.getName()).get("value").orElseThrow()).toList();

        assertFalse(named.isEmpty());
        named.forEach(name -> assertTrue(Files.isRegularFile(benchmarks.resolve(name + ".java")), name));
    }

    @ArchTest
    static final ArchRule sameEvidenceSameVerdict = noClasses().that().resideOutsideOfPackage("dev.tidemark.scan..")
            .should().callMethod(Instant.class, "now").orShould().callMethod(LocalDate.class, "now")
            .orShould().callMethod(System.class, "currentTimeMillis").orShould().callMethod(Locale.class, "getDefault");

    @ArchTest
    static final ArchRule onlyArchivesAskForTheZoneOfTheMachine = noClasses().that()
            .doNotHaveFullyQualifiedName("dev.tidemark.acquire.ArchiveTimes")
            .should().callMethod(ZoneId.class, "systemDefault");

    @ArchTest
    static final ArchRule libraryPrintsNothing = noClasses().should().accessField(System.class, "out")
            .orShould().accessField(System.class, "err");

    @ArchTest
    static final ArchRule nothingIsSharedThatChanges = fields().that().areStatic().should().beFinal();

    @ArchTest
    static final ArchRule evidenceIsNeverWritten = noClasses().should().dependOnClassesThat()
            .haveNameMatching("java\\.io\\.(FileOutputStream|FileWriter|RandomAccessFile)")
            .orShould().callMethodWhere(com.tngtech.archunit.core.domain.JavaCall.Predicates.target(
                    com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner(
                            com.tngtech.archunit.core.domain.JavaClass.Predicates.type(java.nio.file.Files.class)))
                    .and(com.tngtech.archunit.core.domain.JavaCall.Predicates.target(
                            com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching(
                                    "write.*|newOutputStream|newBufferedWriter|delete.*|move|copy|create.*|set.*"))));
}
