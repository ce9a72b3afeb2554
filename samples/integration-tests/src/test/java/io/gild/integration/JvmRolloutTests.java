package io.gild.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.shop.ShopMain;
import io.gild.gates.AuditLog;
import io.gild.operations.RolloutRecord;
import io.gild.operations.RolloutState;
import io.gild.operations.Rollouts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rollouts of versions within one JVM, in an application that knows nothing of Gild. */
class JvmRolloutTests {

  private static final long LONGEST_NANOS = 60_000_000_000L;

  @TempDir private Path folder;

  static List<Jdk> jdks() {
    return Jdk.all();
  }

  private Path data() {
    return folder.resolve("data");
  }

  private Rollouts rollouts() {
    return new Rollouts(data().resolve("rollouts"));
  }

  private String agent(String versions) throws IOException {
    return "config="
        + ConfigFile.of(
            """
            data: %s
            agents:
              - match: com.acme.shop.ShopDesk#answer
                name: shop
            control: {port: 0}
            rollout-defaults:
              interval: 100ms
              step-duration: 500ms
              keep-warm: 500ms
            rollouts:
              shop-2:
                agent: shop
                stable: {version: "1"}
                canary: {version: "2", implementation: com.acme.shop.NewShopDesk}
                criteria: {error-rate: {tolerance: 0.05, min-calls: 50}}
            %s
            """
                .formatted(data(), versions));
  }

  private static Child start(Jdk jdk, String agent) throws IOException {
    return Child.on(jdk).main(ShopMain.class).agent(agent).start();
  }

  /** Lets customers ask until the rollout is over. */
  private RolloutRecord askUntilOver(Child child, String question) throws Exception {
    return askUntilOver(child, question, "shop-2");
  }

  private RolloutRecord askUntilOver(Child child, String question, String rollout)
      throws Exception {
    long deadline = System.nanoTime() + LONGEST_NANOS;
    while (true) {
      child.ask("500 " + question);
      RolloutRecord record = rollouts().find(rollout);
      if (record != null && record.state().isFinal()) {
        return record;
      }
      assertThat(System.nanoTime()).as("the end of " + record).isLessThan(deadline);
      Thread.sleep(20);
    }
  }

  private static void hears(Child child, String question, String answer) throws Exception {
    long deadline = System.nanoTime() + LONGEST_NANOS;
    while (!child.ask(question).equals(answer)) {
      assertThat(System.nanoTime()).as(answer).isLessThan(deadline);
      Thread.sleep(20);
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void promotesAVersionThatOutlivesItsJvm(Jdk jdk) throws Exception {
    String agent = agent("");
    try (Child child = start(jdk, agent)) {
      assertThat(child.ask("100 hi")).isEqualTo("old 100 new 0 failed 0");
      rollouts().request("shop-2", Rollouts.Request.START, "ada", "");
      assertThat(askUntilOver(child, "hi").state()).isEqualTo(RolloutState.PROMOTED);
      assertThat(child.ask("100 hi")).isEqualTo("old 0 new 100 failed 0");
      child.kill();
    }
    try (Child child = start(jdk, agent)) {
      hears(child, "100 hi", "old 0 new 100 failed 0");
      rollouts().request("shop-2", Rollouts.Request.ROLL_BACK, "ada", "after all");
      hears(child, "100 hi", "old 100 new 0 failed 0");
      assertThat(child.end())
          .anyMatch(line -> line.contains("answers all calls since its promotion"))
          .noneMatch(line -> line.contains("steps aside"));
    }
    assertThat(AuditLog.in(data()).verify().intact()).isTrue();
  }

  @Test
  void takesAVersionBackThatFails() throws Exception {
    try (Child child = start(Jdk.own(), agent(""))) {
      child.ask("1 hi");
      rollouts().request("shop-2", Rollouts.Request.START, "ada", "");
      RolloutRecord record = askUntilOver(child, "broken");
      assertThat(record.state()).isEqualTo(RolloutState.ROLLED_BACK);
      assertThat(record.reason()).containsAnyOf("error-rate", "guard");
      assertThat(child.ask("100 hi")).isEqualTo("old 100 new 0 failed 0");
    }
  }

  @Test
  void takesAVersionBackThatAnswersGoldenTasksWrongly() throws Exception {
    Path tasks = folder.resolve("tasks.yaml");
    Files.writeString(
        tasks, "- {id: hours, input: [golden, When?], expected: old, validator: contains}\n");
    String versions =
        """
          shop-3:
            agent: shop
            stable: {version: "1"}
            canary: {version: "3", implementation: com.acme.shop.NewShopDesk}
            step-duration: 1h
            golden: {tasks: %s, every: 5ms}
        """
            .formatted(tasks);
    try (Child child = start(Jdk.own(), agent(versions))) {
      child.ask("1 hi");
      rollouts().request("shop-3", Rollouts.Request.START, "ada", "");
      RolloutRecord record = askUntilOver(child, "hi", "shop-3");
      assertThat(record.state()).isEqualTo(RolloutState.ROLLED_BACK);
      assertThat(record.reason()).contains("golden-score");
      assertThat(child.ask("100 hi")).isEqualTo("old 100 new 0 failed 0");
    }
  }

  @Test
  void goesOnAfterItsJvmWasKilled() throws Exception {
    String agent = agent("");
    try (Child child = start(Jdk.own(), agent)) {
      child.ask("1 hi");
      rollouts().request("shop-2", Rollouts.Request.START, "ada", "");
      long deadline = System.nanoTime() + LONGEST_NANOS;
      while (rollouts().find("shop-2") == null) {
        assertThat(System.nanoTime()).as("the start").isLessThan(deadline);
        Thread.sleep(20);
      }
      child.kill();
    }
    try (Child child = start(Jdk.own(), agent)) {
      child.ask("1 hi");
      assertThat(askUntilOver(child, "hi").state()).isEqualTo(RolloutState.PROMOTED);
    }
  }

  @Test
  void answersOnItsControlEndpointWithTheTokenOnly() throws Exception {
    try (Child child = start(Jdk.own(), agent(""))) {
      child.ask("100 hi");
      String description = description();
      String url = description.replaceAll(".*\"url\":\"([^\"]+)\".*", "$1");
      String token = description.replaceAll(".*\"token\":\"([^\"]+)\".*", "$1");
      assertThat(get(url + "/v1/health", "").statusCode()).isEqualTo(200);
      assertThat(get(url + "/v1/calls", "").statusCode()).isEqualTo(401);
      child.ask("3 hi");
      assertThat(get(url + "/v1/calls?after=0", token).body())
          .contains("\"agent\":\"shop\"", "\"outcome\":\"succeeded\"")
          .doesNotContain("customer-1");
      assertThat(get(url + "/v1/rollouts/shop-2", token).statusCode()).isEqualTo(404);
    }
  }

  @Test
  void saysWhatCannotBeRolledOut() throws Exception {
    String wrong =
        agent(
            """
              shop-3:
                agent: shop
                stable: {version: "1"}
                canary: {version: "3", implementation: com.acme.shop.Missing}
            """);
    try (Child child = start(Jdk.own(), wrong)) {
      child.ask("1 hi");
      rollouts().request("shop-3", Rollouts.Request.START, "ada", "");
      long deadline = System.nanoTime() + LONGEST_NANOS;
      while (child.errors().stream().noneMatch(line -> line.contains("com.acme.shop.Missing"))) {
        assertThat(System.nanoTime()).as("the reason").isLessThan(deadline);
        Thread.sleep(20);
      }
      assertThat(child.ask("10 hi")).isEqualTo("old 10 new 0 failed 0");
    }
  }

  private String description() throws Exception {
    Path control = data().resolve("control");
    long deadline = System.nanoTime() + LONGEST_NANOS;
    while (!Files.isDirectory(control) || isEmpty(control)) {
      assertThat(System.nanoTime()).as("the control endpoint").isLessThan(deadline);
      Thread.sleep(20);
    }
    try (Stream<Path> files = Files.list(control)) {
      return Files.readString(files.findFirst().orElseThrow());
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.noneMatch(file -> file.toString().endsWith(".json"));
    }
  }

  private static HttpResponse<String> get(String url, String token) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(url))
                .header("Authorization", "Bearer " + token)
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }
}
