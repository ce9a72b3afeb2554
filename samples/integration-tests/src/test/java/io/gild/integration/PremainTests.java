package io.gild.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The agent in an unmodified application. */
class PremainTests {

  private static final String RETRYING =
      """
      mode: enforce
      agents:
        - match: com.acme.child.FlakyDesk#answer
          retry: {max-attempts: 3, wait-duration: 0s}
      """;

  static List<Jdk> jdks() {
    return Jdk.all();
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void governsAClassThatTheFileNames(Jdk jdk) throws Exception {
    try (Child child = Child.on(jdk).agent("config=" + ConfigFile.of(RETRYING)).start()) {
      assertThat(child.ask("flaky why")).isEqualTo("answer to why");
      assertThat(child.end()).containsExactly("[gild] declared 1, woven 1");
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void governsAnAnnotatedClass(Jdk jdk) throws Exception {
    try (Child child = Child.on(jdk).agent("mode=enforce").start()) {
      assertThat(child.ask("annotated why")).isEqualTo("annotated answer to why");
      assertThat(child.end()).containsExactly("[gild] declared 1, woven 1");
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void onlyObservesByDefault(Jdk jdk) throws Exception {
    try (Child child = Child.on(jdk).agent("").start()) {
      assertThat(child.ask("annotated why"))
          .isEqualTo("threw java.lang.IllegalStateException: flaky");
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void isInvisibleToTheApplication(Jdk jdk) throws Exception {
    try (Child child = Child.on(jdk).agent("config=" + ConfigFile.of(RETRYING)).start()) {
      child.ask("flaky why");
      assertThat(child.ask("sees io.gild.core.AgentCall")).isEqualTo("no");
      assertThat(child.ask("sees net.bytebuddy.jar.asm.ClassReader")).isEqualTo("no");
      assertThat(child.ask("sees io.github.resilience4j.retry.Retry")).isEqualTo("no");
      assertThat(child.ask("sees java.lang.GildBridge")).isEqualTo("yes, in module java.base");
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void reachesLoadersThatSeeOnlyTheJdk(Jdk jdk) throws Exception {
    try (Child child = Child.on(jdk).agent("config=" + ConfigFile.of(RETRYING)).start()) {
      assertThat(child.ask("closed-loader")).isEqualTo("answer to closed");
    }
  }

  @Test
  void runsWhereUnsafeAndNativeAccessAreDenied() throws Exception {
    for (Jdk jdk : jdks()) {
      if (jdk.feature() < 25) {
        continue;
      }
      try (Child child =
          Child.on(jdk)
              .flags("--sun-misc-unsafe-memory-access=deny", "--illegal-native-access=deny")
              .agent("config=" + ConfigFile.of(RETRYING))
              .start()) {
        assertThat(child.ask("flaky why")).isEqualTo("answer to why");
        assertThat(child.end()).containsExactly("[gild] declared 1, woven 1");
      }
    }
  }

  @Test
  void isAbsentWhenItIsSwitchedOff() throws Exception {
    try (Child child =
        Child.on(Jdk.own())
            .flags("-Dgild.enabled=false")
            .agent("config=" + ConfigFile.of(RETRYING))
            .start()) {
      assertThat(child.ask("flaky why")).startsWith("threw");
      assertThat(child.ask("sees java.lang.GildBridge")).isEqualTo("no");
      assertThat(child.end()).isEmpty();
    }
  }

  @Test
  void reportsASecondAgentOnce() throws Exception {
    String options = "config=" + ConfigFile.of(RETRYING);
    try (Child child = Child.on(Jdk.own()).agent(options).agent(options).start()) {
      assertThat(child.ask("flaky why")).isEqualTo("answer to why");
      assertThat(child.end())
          .containsExactly(
              "[gild] is attached already; the second agent does nothing",
              "[gild] declared 1, woven 1");
    }
  }

  @Test
  void suggestsTheNearestOptionAndOnlyObserves() throws Exception {
    try (Child child = Child.on(Jdk.own()).agent("mode=enforce,confg=x").start()) {
      assertThat(child.ask("annotated why")).startsWith("threw");
      assertThat(child.end().get(0))
          .isEqualTo(
              "[gild] unknown option \"confg\"; calls are only observed. Use one of config,"
                  + " include, mode, record, replay, report, scrub-pii, verbose. Did you mean"
                  + " \"config\"?");
    }
  }

  @Test
  void namesTheFileThatIsMissing() throws Exception {
    Path file = ConfigFile.of(RETRYING);
    Path meant = file.resolveSibling(file.getFileName().toString().replace("gild", "gidl"));
    try (Child child = Child.on(Jdk.own()).agent("config=" + meant).start()) {
      assertThat(child.ask("flaky why")).startsWith("threw");
      assertThat(child.end())
          .singleElement()
          .asString()
          .isEqualTo(
              "[gild] no file "
                  + meant
                  + "; calls are only observed. Did you mean \""
                  + file.getFileName()
                  + "\"?");
    }
  }

  @Test
  void pointsAtTheMistakeInTheFile() throws Exception {
    Path file = ConfigFile.of(RETRYING.replace("max-attempts", "max-attemps"));
    try (Child child = Child.on(Jdk.own()).agent("config=" + file).start()) {
      assertThat(child.ask("flaky why")).startsWith("threw");
      assertThat(child.end().get(0))
          .startsWith("[gild] " + file + ":4:13: ")
          .contains("Did you mean \"max-attempts\"?");
    }
  }
}
