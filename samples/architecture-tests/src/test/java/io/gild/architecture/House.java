package io.gild.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The modules and their arrows; a new module is one more line here and one dependency in the pom.
 *
 * @param folder its folder, as the root pom names it
 * @param name last part of its package
 * @param floor fewer classes than this mean that the module was not found
 * @param allowed names of the modules it may compile against
 */
record House(String folder, String name, int floor, Set<String> allowed) {

  private static final String ROOT = "io.gild.";

  static final List<House> MODULES =
      List.of(
          module("annotations", 19),
          module("config", 46),
          module("processor/compiler", 40, "annotations", "config", "golden"),
          module("processor/maven-plugin", "maven", 15, "config", "gates", "golden"),
          module("processor/recipes", 20, "config"),
          module("runtime/core", 100, "config"),
          module("runtime/golden", 15, "config"),
          module("runtime/memory", 20, "core", "config", "vectors"),
          module("runtime/vectors", 14, "core", "config"),
          module("runtime/semantic", 12, "core", "config", "vectors"),
          module("runtime/vectors-lucene", "vectors.lucene", 14, "vectors", "config"),
          module("runtime/redis", 6, "config"),
          module("runtime/cost-redis", "cost.redis", 8, "core", "config", "cost", "redis"),
          module("runtime/memory-redis", "memory.redis", 8, "core", "config", "memory", "redis"),
          module(
              "runtime/memory-postgres",
              "memory.postgres",
              15,
              "core",
              "config",
              "memory",
              "postgres",
              "vectors"),
          module("runtime/postgres", 6, "config"),
          module(
              "runtime/ledger-postgres",
              "ledger.postgres",
              8,
              "core",
              "config",
              "ledger",
              "postgres"),
          module("runtime/memory-langchain4j", "memory.langchain4j", 3, "config", "memory"),
          module("runtime/memory-spring-ai", "memory.springai", 2, "config", "core", "memory"),
          module("runtime/a2a", 70, "config", "core"),
          module("runtime/coordination", 40, "config", "core", "a2a"),
          module("runtime/synchronizers", 35, "config", "core"),
          module(
              "runtime/orchestration", 40, "annotations", "config", "core", "a2a", "coordination"),
          module(
              "runtime/coordination-nats",
              "coordination.nats",
              1,
              "config",
              "core",
              "coordination",
              "synchronizers",
              "a2a"),
          module(
              "runtime/synchronizers-redis",
              "synchronizers.redis",
              5,
              "config",
              "core",
              "redis",
              "synchronizers"),
          module("runtime/judging", 30, "config"),
          module("runtime/versions", 30, "config", "core"),
          module(
              "runtime/operations", 40, "config", "core", "judging", "versions", "gates", "golden"),
          module("runtime/traffic", 20, "config", "operations", "core", "judging"),
          module(
              "runtime/smoke",
              44,
              "config",
              "core",
              "golden",
              "evaluation",
              "gates",
              "judging",
              "operations",
              "versions"),
          module("runtime/console", 50, "config", "core", "gates"),
          module("runtime/anomalies", 19, "config", "core", "judging"),
          module("runtime/dashboards", 20, "config", "core"),
          module("runtime/gates", 56, "config", "golden"),
          module("runtime/recording", 13, "config"),
          module("runtime/twin", 20, "core", "config", "memory", "recording", "vectors"),
          module("runtime/reliability", 20, "core", "config"),
          module("runtime/cost", 50, "core", "config", "semantic", "vectors"),
          module("runtime/routing", 18, "core", "config"),
          module("runtime/ledger", 25, "core", "config"),
          module("runtime/observability", 45, "core", "config", "recording"),
          module("runtime/evaluation", 50, "core", "config", "gates", "golden", "vectors"),
          module("runtime/junit", 4, "config", "evaluation", "golden"),
          module("runtime/language-opennlp", "language", 1, "evaluation"),
          module("runtime/embeddings-minilm", "embeddings", 1, "core", "config"),
          module("runtime/tokens-jtokkit", "tokens", 1, "config", "cost"),
          module("runtime/langchain4j", 1, "core", "config"),
          module(
              "runtime/testkit",
              60,
              "core",
              "config",
              "memory",
              "vectors",
              "a2a",
              "coordination",
              "synchronizers"),
          module(
              "runtime/cli",
              48,
              "config",
              "core",
              "console",
              "a2a",
              "gates",
              "evaluation",
              "golden",
              "memory",
              "twin",
              "orchestration",
              "recording",
              "coordination",
              "operations",
              "judging",
              "dashboards",
              "ledger",
              "recipes",
              "smoke"),
          module("javaagent/weaver", 58, "core", "config"),
          module("javaagent/libraries", 65, "weaver", "core", "config"),
          module("javaagent/clients", 12, "weaver", "core", "config"),
          module("javaagent/logging", 6, "weaver", "core", "config", "observability"),
          module("javaagent/watching", 8, "weaver", "core", "recording", "config"),
          module("javaagent/memories", 14, "weaver", "core", "config", "memory"),
          module("javaagent/serving", 5, "weaver", "core", "config", "a2a"),
          module(
              "javaagent/agent",
              "javaagent",
              7,
              "weaver",
              "watching",
              "serving",
              "core",
              "config"));

  /**
   * Modules without a package of ours: the bridge lives in java.lang, the BOM and gild-all have no
   * classes.
   */
  static final Set<String> WITHOUT_PACKAGE =
      Set.of("javaagent/bootstrap", "runtime/bom", "runtime/all");

  /** All classes of the product; tests are left out. */
  static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.gild");

  private static House module(String folder, int floor, String... allowed) {
    return module(folder, folder.substring(folder.lastIndexOf('/') + 1), floor, allowed);
  }

  private static House module(String folder, String name, int floor, String... allowed) {
    return new House(folder, name, floor, Set.of(allowed));
  }

  /**
   * Returns the module a class belongs to, if it is one of ours: the one with the closest package.
   */
  static Optional<House> of(JavaClass type) {
    return MODULES.stream()
        .filter(module -> module.hasPackageOf(type))
        .max(Comparator.comparingInt(module -> module.name().length()));
  }

  boolean owns(JavaClass type) {
    return of(type).filter(this::equals).isPresent();
  }

  private boolean hasPackageOf(JavaClass type) {
    String home = ROOT + name;
    return type.getPackageName().equals(home) || type.getPackageName().startsWith(home + ".");
  }

  Stream<JavaClass> classes() {
    return CLASSES.stream().filter(this::owns);
  }

  /** Returns whether a class is of a module that this one must not use. */
  boolean forbids(JavaClass type) {
    return of(type).filter(other -> !equals(other) && !allowed.contains(other.name)).isPresent();
  }

  @Override
  public String toString() {
    return name;
  }
}
