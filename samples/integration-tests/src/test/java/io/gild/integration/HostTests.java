package io.gild.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.child.CyclesMain;
import io.gild.javaagent.Attach;
import io.gild.testkit.ModelProvider;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The agent leaves nothing in a JVM that would not be there without it. */
class HostTests {

  private static final String OBSERVED =
      """
      agents:
        - match: com.acme.child.ServedDesk#*
          name: served
        - match: com.acme.child.PoolsDesk#compare
          name: pools
      """;

  private static final String ENFORCED =
      """
      mode: enforce
      agents:
        - match: com.acme.child.ServedDesk#*
          name: served
          cache: {ttl: 1h}
          retry: {max-attempts: 3, wait-duration: 0s}
          circuit-breaker: {minimum-number-of-calls: 100}
          bulkhead: {max-concurrent-calls: 10, scope: shared}
          time-limit: {timeout-duration: 20s}
        - match: com.acme.child.PoolsDesk#compare
          name: pools
          retry: {max-attempts: 2, wait-duration: 0s}
      models:
        cache: {ttl: 1h}
        retry: {max-attempts: 3, wait-duration: 0s}
      observability:
        prometheus-port: 0
      """;

  private final ModelProvider provider = ModelProvider.builder().start();

  static List<Jdk> jdks() {
    return Jdk.all();
  }

  static Stream<Arguments> jdksAndModes() {
    return Jdk.all().stream()
        .flatMap(jdk -> Stream.of(OBSERVED, ENFORCED).map(yaml -> Arguments.of(jdk, yaml)));
  }

  @AfterEach
  void stop() {
    provider.close();
  }

  private Child.Builder child(Jdk jdk) {
    return Child.on(jdk)
        .flags("-Xmx512m", "-XX:+UseSerialGC", "-XX:SoftRefLRUPolicyMSPerMB=0")
        .main(CyclesMain.class)
        .provider(provider.openAiBaseUrl());
  }

  @ParameterizedTest
  @MethodSource("jdksAndModes")
  void closesConnectionsOfDroppedClients(Jdk jdk, String yaml) throws Exception {
    try (Child child = child(jdk).agent("config=" + ConfigFile.of(yaml)).start()) {
      int before = descriptors(child.ask("models 1"));
      String after = child.ask("models 100");
      assertThat(after).as("threads of HTTP clients, and open files").startsWith("0 ");
      assertThat(descriptors(after)).isLessThan(before + 20);
      assertThat(child.ask("streams 30")).as("the same of streams").startsWith("0 ");
    }
  }

  private static int descriptors(String answer) {
    return Integer.parseInt(answer.substring(answer.indexOf(' ') + 1));
  }

  @ParameterizedTest
  @MethodSource("jdksAndModes")
  void undeployedApplicationLeavesNothingInMemory(Jdk jdk, String yaml) throws Exception {
    try (Child child = child(jdk).agent("config=" + ConfigFile.of(yaml)).start()) {
      assertThat(child.ask("deployments 30")).as("class loaders left").isEqualTo("0");
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void undeployedApplicationWithItsOwnSpansLeavesNothingInMemory(Jdk jdk) throws Exception {
    String version = System.getProperty("opentelemetry.version");
    String classPath =
        ClassPaths.of(
            List.of(
                "dev.langchain4j:langchain4j-open-ai:1.19.0",
                "dev.langchain4j:langchain4j:1.19.0",
                "io.opentelemetry:opentelemetry-sdk:" + version,
                "org.slf4j:slf4j-nop:2.0.17"));
    try (Child child =
        child(jdk).classPath(classPath).agent("config=" + ConfigFile.of(ENFORCED)).start()) {
      assertThat(child.ask("traced-deployments 10")).as("class loaders left").isEqualTo("0");
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void applicationsShareNoAnswers(Jdk jdk) throws Exception {
    try (Child child = child(jdk).agent("config=" + ConfigFile.of(ENFORCED)).start()) {
      assertThat(child.ask("tenants")).isEqualTo("own, own, own");
      assertThat(provider.requests()).as("requests, one for each application").hasSize(2);
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void detachedAgentLeavesMemory(Jdk jdk) throws Exception {
    try (Child child = child(jdk).flags("-XX:+EnableDynamicAgentLoading").start()) {
      assertThat(child.ask("pools twice")).isEqualTo("2");
      String options = "config=" + ConfigFile.of(ENFORCED);
      long early = 0;
      for (int i = 0; i < 12; i++) {
        Attach.attach(child.pid(), options);
        assertThat(child.ask("chat one")).isEqualTo("[own-model] one");
        assertThat(child.ask("pools twice")).isEqualTo("2");
        Attach.attach(child.pid(), "detach");
        assertThat(child.ask("pools future")).doesNotContain("gild");
        if (i == 3) {
          early = Long.parseLong(child.ask("metaspace"));
        }
      }
      long late = Long.parseLong(child.ask("metaspace"));
      assertThat(late - early).as("growth of metaspace from " + early).isLessThan(8_000_000);
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void poolsShowTheSameWithAndWithoutGild(Jdk jdk) throws Exception {
    List<String> ways =
        List.of(
            "remove",
            "queue",
            "shutdown",
            "casting",
            "twice",
            "scheduled",
            "uncaught",
            "future",
            "fork-join",
            "timer");
    try (Child plain = child(jdk).start();
        Child observed = child(jdk).agent("config=" + ConfigFile.of(OBSERVED)).start();
        Child enforced = child(jdk).agent("config=" + ConfigFile.of(ENFORCED)).start()) {
      for (String way : ways) {
        String expected = plain.ask("pools " + way);
        assertThat(expected).as(way).doesNotContain("threw").doesNotContain("gild");
        assertThat(observed.ask("pools " + way)).as(way + ", observed").isEqualTo(expected);
        assertThat(enforced.ask("pools " + way)).as(way + ", enforced").isEqualTo(expected);
      }
      assertThat(observed.end()).noneMatch(line -> line.contains("steps aside"));
      assertThat(enforced.end()).noneMatch(line -> line.contains("steps aside"));
    }
  }
}
