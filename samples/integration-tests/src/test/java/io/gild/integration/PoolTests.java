package io.gild.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.testkit.ModelProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A governed call follows its tasks to other threads, and requests are charged to its agent. */
class PoolTests {

  private static final String GOVERNED =
      """
      agents:
        - match: com.acme.http.PoolDesk#ask
          name: desk
      observability:
        model-hosts: [127.0.0.1]
        prometheus-port: 0
      """;

  private static final List<String> WAYS =
      List.of(
          "submit",
          "execute",
          "nested",
          "invoke-all",
          "timer",
          "own-pool",
          "timer-task",
          "future",
          "chained",
          "parallel",
          "virtual",
          "virtual-executor");

  static List<Jdk> jdks() {
    return Jdk.all();
  }

  /**
   * Runs all ways and returns how many requests were charged to the agent, and how many were sent.
   */
  private static long[] charged(Jdk jdk, String yaml) throws Exception {
    Path report = Files.createTempFile("report", ".json");
    report.toFile().deleteOnExit();
    try (ModelProvider provider = ModelProvider.builder().start();
        Child child =
            Child.on(jdk)
                .flags("-Dgild.report.file=" + report, "-Xverify:all")
                .agent("config=" + ConfigFile.of(yaml))
                .provider(provider.openAiBaseUrl())
                .start()) {
      long asked = 0;
      for (String way : WAYS) {
        String answer = child.ask("pool " + way);
        assertThat(answer).as(way).matches("[0-9]");
        asked += Long.parseLong(answer);
      }
      assertThat(child.ask("unasked")).isEqualTo("1");
      child.end();
      assertThat(provider.requests()).hasSize((int) asked + 1);
      String meters = Files.readString(report.resolveSibling(report.getFileName() + ".prom"));
      long counted =
          meters
              .lines()
              .filter(line -> line.startsWith("gild_http_attempts_total{agent=\"desk\""))
              .mapToLong(
                  line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
              .sum();
      return new long[] {counted, asked};
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void chargesRequestsOfTasksToTheirCall(Jdk jdk) throws Exception {
    long[] charged = charged(jdk, GOVERNED);
    assertThat(charged[0]).isEqualTo(charged[1]);
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void doesNotFollowTasksIfSwitchedOff(Jdk jdk) throws Exception {
    long[] charged = charged(jdk, GOVERNED + "context: {pools: false}\n");
    assertThat(charged[0]).isLessThan(charged[1] - 5);
  }
}
