package io.gild.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.acme.child.ChildMain;
import com.acme.child.FlakyDesk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The agent with archived classes: those of class data sharing, and those of an ahead-of-time
 * cache, which are loaded before the agent.
 */
class ArchiveTests {

  private static final String RETRYING =
      """
      mode: enforce
      agents:
        - match: com.acme.child.FlakyDesk#answer
          retry: {max-attempts: 3, wait-duration: 0s}
      """;

  /** An agent adds this module; an archive without it cannot be used. */
  private static final String MODULE = "--add-modules=java.instrument";

  @TempDir static Path folder;

  static List<Jdk> jdks() {
    return Jdk.all();
  }

  /** Archives contain only classes from jars. */
  @BeforeAll
  static void pack() {
    ToolProvider.findFirst("jar")
        .orElseThrow()
        .run(System.out, System.err, "cf", jar(), "-C", "target/test-classes", "com/acme/child");
  }

  private static String jar() {
    return folder.resolve("app.jar").toString();
  }

  private static Child.Builder child(Jdk jdk, String... flags) {
    return Child.on(jdk).flags(flags).onlyClassPath(jar()).main(ChildMain.class);
  }

  private static void train(Child.Builder builder) throws Exception {
    try (Child child = builder.start()) {
      child.ask("flaky why");
      child.end();
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void governsClassesOfASharedArchive(Jdk jdk) throws Exception {
    Path archive = folder.resolve("app" + jdk.feature() + ".jsa");
    train(child(jdk, "-XX:ArchiveClassesAtExit=" + archive));
    assertThat(archive).isNotEmptyFile();
    Path log = Files.createTempFile(folder, "loaded", ".log");
    // JDK 25 reports that the default archive has no module for agents, but still shares classes
    Child.Builder run =
        child(jdk, "-XX:SharedArchiveFile=" + archive, "-Xlog:disable", loading(log));
    try (Child child = run.agent("config=" + ConfigFile.of(RETRYING)).start()) {
      assertThat(child.ask("flaky why")).isEqualTo("answer to why");
      assertThat(child.end()).containsExactly("[gild] declared 1, woven 1");
    }
    assertShared(log, ChildMain.class);
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void governsClassesThatAnAheadOfTimeCacheLoadsBeforeIt(Jdk jdk) throws Exception {
    assumeTrue(jdk.feature() >= 25, "no such cache before JDK 25");
    Path cache = folder.resolve("app.aot");
    train(child(jdk, "-XX:AOTCacheOutput=" + cache, MODULE));
    assertThat(cache).isNotEmptyFile();
    Path log = Files.createTempFile(folder, "loaded", ".log");
    // AOTMode=on ends the JVM if the cache cannot be used
    Child.Builder run = child(jdk, "-XX:AOTCache=" + cache, "-XX:AOTMode=on", MODULE, loading(log));
    try (Child child = run.agent("config=" + ConfigFile.of(RETRYING)).start()) {
      assertThat(child.ask("flaky why")).isEqualTo("answer to why");
      assertThat(child.end()).containsExactly("[gild] declared 1, woven 1");
    }
    assertShared(log, FlakyDesk.class);
  }

  private static String loading(Path log) {
    return "-Xlog:class+load:file=" + log;
  }

  private static void assertShared(Path log, Class<?> type) throws IOException {
    assertThat(Files.readAllLines(log))
        .filteredOn(line -> line.contains(type.getName()))
        .first() // if woven later, it is printed again
        .asString()
        .contains("shared objects file");
  }
}
