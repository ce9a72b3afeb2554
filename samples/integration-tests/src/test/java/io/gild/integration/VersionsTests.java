package io.gild.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A rollout of code that was compiled with the processor, before, during and after an agent. */
class VersionsTests {

  private static final String MAIN = "com.acme.rollout.Main";
  private static final String SETTINGS = "observability: {prometheus-port: 0}\n";

  private static String classPath;
  private static Path settings;

  @BeforeAll
  static void compile() throws IOException {
    settings = ConfigFile.of(SETTINGS);
    classPath = Wrapped.compile("rollout", settings, Files.createTempDirectory("rollout"));
  }

  static List<Jdk> jdks() {
    return Jdk.all();
  }

  private static Child start(Jdk jdk, Report report) throws IOException {
    return Child.on(jdk)
        .onlyClassPath(classPath)
        .mainClass(MAIN)
        .flags(report.flag(), "-Dgild.config=" + settings, "-XX:+EnableDynamicAgentLoading")
        .start();
  }

  private static void agent(Child child, String options) throws Exception {
    VirtualMachine machine = VirtualMachine.attach(child.pid());
    try {
      machine.loadAgent(Child.agentJar(), options);
    } finally {
      machine.detach();
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void answersWithTheNewVersionAndItsOwnPolicies(Jdk jdk) throws Exception {
    Report report = Report.create();
    try (Child child = start(jdk, report)) {
      assertThat(child.ask("q")).isEqualTo("1: q");
      assertThat(child.ask("begin")).isEqualTo("begun");
      assertThat(child.ask("q")).as("after two retries of the new version").isEqualTo("2: q");
      assertThat(child.ask("close")).isEqualTo("closed");
      assertThat(child.ask("q")).isEqualTo("1: q");
      assertThat(child.end()).noneMatch(line -> line.contains("steps aside"));
    }
    assertThat(report.meter("gild_agent_requests_total", "version"))
        .as("one call is counted once")
        .isEqualTo(Map.of("1.0", 2.0, "2.0", 1.0));
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void rollsOutAgainAfterAnAgentWasDetached(Jdk jdk) throws Exception {
    try (Child child = start(jdk, Report.create())) {
      assertThat(child.ask("q")).isEqualTo("1: q");
      assertThat(child.ask("begin")).isEqualTo("begun");
      assertThat(child.ask("before")).isEqualTo("2: before");
      agent(child, "");
      assertThat(child.ask("during")).as("the agent's runtime governs").isEqualTo("1: during");
      assertThat(child.ask("count")).isEqualTo("1");
      agent(child, "detach");
      assertThat(child.ask("after")).isEqualTo("2: after");
      assertThat(child.ask("count")).isEqualTo("2");
      assertThat(child.end()).noneMatch(line -> line.contains("steps aside"));
    }
  }
}
