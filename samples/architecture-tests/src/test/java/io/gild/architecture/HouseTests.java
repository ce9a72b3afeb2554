package io.gild.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class HouseTests {

  private static final List<House> MODULES = House.MODULES;
  private static final Pattern MODULE = Pattern.compile("<module>(?!samples/)([^<]+)</module>");

  @Test
  void knowsEveryModuleThatThePomNames() throws IOException {
    String pom = Files.readString(Path.of("../../pom.xml"));

    assertThat(MODULE.matcher(pom).results().map(MatchResult::group))
        .as("modules of the root pom; give a new one its line in House")
        .hasSizeGreaterThan(20);
    assertThat(
            MODULE
                .matcher(pom)
                .results()
                .map(found -> found.group(1))
                .filter(folder -> !House.WITHOUT_PACKAGE.contains(folder)))
        .as("modules of the root pom; give a new one its line in House")
        .containsExactlyInAnyOrderElementsOf(MODULES.stream().map(House::folder).toList());
  }

  @Test
  void everyClassBelongsToAModule() {
    assertThat(
            House.CLASSES.stream().filter(type -> House.of(type).isEmpty()).map(JavaClass::getName))
        .isEmpty();
    assertThat(House.CLASSES).hasSizeGreaterThan(1_000);
  }

  @ParameterizedTest
  @FieldSource("MODULES")
  void moduleHasItsExpectedClasses(House module) {
    assertThat(module.classes().filter(JavaClass::isTopLevelClass))
        .hasSizeGreaterThanOrEqualTo(module.floor());
  }

  @ParameterizedTest
  @FieldSource("MODULES")
  void compilesAgainstAllowedModulesOnly(House module) {
    noClasses()
        .that(describe("are of the module", module::owns))
        .should()
        .dependOnClassesThat(describe("are of others", module::forbids))
        .as("module " + module + " compiles only against the modules " + module.allowed())
        .check(House.CLASSES);
  }

  @ParameterizedTest
  @FieldSource("MODULES")
  void usesNoSample(House module) {
    Set<String> known =
        module
            .classes()
            .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
            .map(dependency -> dependency.getTargetClass().getBaseComponentType())
            .filter(target -> target.getPackageName().startsWith("io.gild"))
            .filter(target -> House.of(target).isEmpty())
            .map(JavaClass::getName)
            .collect(Collectors.toSet());

    assertThat(known).as("classes of ours outside of the product").isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "io.github.resilience4j, reliability",
    "com.github.benmanes.caffeine, cost",
    "io.micrometer, observability",
    "io.opentelemetry, observability",
    "redis.clients.jedis, redis|cost.redis|memory.redis|synchronizers.redis",
    "io.nats, coordination.nats",
    "org.postgresql, postgres",
    "io.nats, coordination.nats",
    "net.bytebuddy, weaver",
    "org.apache.lucene, vectors.lucene",
  })
  void onlyOneModuleUsesALibrary(String library, String owners) {
    List<String> all = List.of(owners.split("\\|"));
    String owner = all.get(0);
    noClasses()
        .that()
        .resideOutsideOfPackages(
            all.stream().map(each -> "io.gild." + each + "..").toArray(String[]::new))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library + "..")
        .check(House.CLASSES);
    if (MODULES.stream().anyMatch(module -> module.name().equals(owner))) {
      assertThat(House.CLASSES.stream().filter(type -> uses(type, library)))
          .as("classes that use " + library)
          .hasSizeGreaterThan(owner.equals("cost") ? 0 : 1);
    }
  }

  private static boolean uses(JavaClass type, String library) {
    return type.getDirectDependenciesFromSelf().stream()
        .anyMatch(dependency ->
            (dependency.getTargetClass().getPackageName() + ".").startsWith(library + "."));
  }

  /** A package and its {@code spi} are one idea and may use each other. */
  @Test
  void packagesFormNoCycle() {
    slices().assignedFrom(new WithoutSpi()).should().beFreeOfCycles().check(House.CLASSES);
    assertThat(House.CLASSES.stream().map(JavaClass::getPackageName).distinct())
        .hasSizeGreaterThan(20);
  }

  /** The annotations and the javaagent's entry have no dependency, not even on this annotation. */
  @Test
  void valuesAreNonNullByDefault() {
    Set<JavaPackage> packages =
        House.CLASSES.stream().map(JavaClass::getPackage).collect(Collectors.toSet());
    packages.removeIf(
        each -> Set.of("io.gild.annotations", "io.gild.javaagent").contains(each.getName()));

    assertThat(packages)
        .hasSizeGreaterThan(8)
        .allSatisfy(each -> assertThat(each.isAnnotatedWith(NullMarked.class)).isTrue());
  }

  @Test
  void noClassLogsThroughTheJdk() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(
            "io.gild.observability.LogContextFormatter") // configured by name
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.util.logging..")
        .because("it must not be started before the application has configured it")
        .check(House.CLASSES);
  }

  @Test
  void onlyProgramsWriteToStandardOutput() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.gild.cli..")
        .and()
        .haveSimpleNameNotEndingWith("Main")
        .should()
        .accessField(System.class, "out")
        .because("standard output belongs to the application")
        .check(House.CLASSES);
  }

  private static final class WithoutSpi implements SliceAssignment {

    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      return SliceIdentifier.of(type.getPackageName().replaceFirst("\\.spi$", ""));
    }

    @Override
    public String getDescription() {
      return "packages, each with its spi";
    }
  }
}
