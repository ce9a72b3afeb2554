package io.gild.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.tools.attach.VirtualMachine;
import io.gild.testkit.Faults;
import io.gild.testkit.ModelProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The agent, given more than once to an application that asks a model. */
class TwiceTests {

  private static final String GOVERNED =
      """
      mode: enforce
      tiers:
        small: {model: cheap-model}
        large: {model: own-model}
      agents:
        - match: com.acme.child.ModelDesk#answer
          name: desk
          route: {strategy: fixed, tiers: [small]}
      """;

  private final ModelProvider provider = ModelProvider.builder().faults(Faults.none()).start();

  static List<Jdk> jdks() {
    return Jdk.all();
  }

  @AfterEach
  void stop() {
    provider.close();
  }

  private Child.Builder child(Jdk jdk, Report report) {
    return Child.on(jdk)
        .flags(report.flag(), "-XX:+EnableDynamicAgentLoading")
        .provider(provider.openAiBaseUrl());
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void governsOnceIfTwoArgumentsNameIt(Jdk jdk) throws Exception {
    Report report = Report.create();
    String options = "config=" + ConfigFile.of(GOVERNED);
    try (Child child = child(jdk, report).agent(options).agent(options).start()) {
      assertGovernedOnce(child, report);
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void governsOnceIfACopyOfTheJarIsNamedToo(Jdk jdk) throws Exception {
    Report report = Report.create();
    Path copy = Files.createTempDirectory("copy").resolve("renamed.jar");
    Files.copy(Path.of(Child.agentJar()), copy);
    try (Child child =
        child(jdk, report)
            .agent("config=" + ConfigFile.of(GOVERNED))
            .flags("-javaagent:" + copy + "=mode=observe")
            .start()) {
      assertGovernedOnce(child, report);
    } finally {
      Files.delete(copy);
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void governsOnceIfItIsAttachedAgain(Jdk jdk) throws Exception {
    Report report = Report.create();
    String options = "config=" + ConfigFile.of(GOVERNED);
    try (Child child = child(jdk, report).agent(options).start()) {
      assertThat(child.ask("chat before")).isEqualTo("[cheap-model] before");
      loadUnchecked(child, options);
      assertGovernedOnce(child, report);
    }
  }

  /** Loads the agent like another tool, which does not check whether it is loaded. */
  private static void loadUnchecked(Child child, String options) throws Exception {
    VirtualMachine machine = VirtualMachine.attach(child.pid());
    try {
      machine.loadAgent(Child.agentJar(), options);
    } finally {
      machine.detach();
    }
  }

  private void assertGovernedOnce(Child child, Report report) throws Exception {
    assertThat(child.ask("chat one")).isEqualTo("[cheap-model] one");
    assertThat(child.ask("stream two")).isEqualTo("[own-model] two");
    assertThat(child.end())
        .containsOnlyOnce("[gild] is attached already; the second agent does nothing")
        .filteredOn(line -> line.startsWith("[gild] declared"))
        .singleElement();
    report.assertEquals(provider.requests());
    assertThat(report.json().path("calls").asInt())
        .as("of the agent, and of models that no agent asked")
        .isEqualTo(provider.requests().size());
  }
}
