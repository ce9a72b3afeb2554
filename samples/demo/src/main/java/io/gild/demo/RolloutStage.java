package io.gild.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.gild.testkit.HaproxyServer;
import io.gild.testkit.ModelProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What all rollouts of the demo share: the model provider, the present version, HAProxy in front of
 * both versions, customers, and the settings of the rollouts.
 */
final class RolloutStage implements AutoCloseable {

  static final int REQUESTS_PER_SECOND = 100;

  private static final long SEED = 7;
  private static final int GOLDEN_TASKS = 40;
  private static final int QUESTIONS = 400;
  private static final long LONGEST_ANSWER_MILLIS = 500;

  private final Home home;
  private final Path folder;
  private final boolean console;
  private final Path proxyFolder;
  private final Path token;
  private final ModelProvider provider;
  private final SupportVersion.Ports stablePorts = SupportVersion.Ports.free();
  private final SupportVersion.Ports canaryPorts = SupportVersion.Ports.free();
  private final SupportVersion stable;
  private final HaproxyServer proxy;
  private final SteadyLoad load;

  /**
   * Starts everything but the new version.
   *
   * @param folder for settings, data and outputs; what it has from before is deleted
   * @param console whether the versions have consoles and share the data folder of the rollouts
   */
  RolloutStage(Home home, Path folder, boolean console) throws IOException, InterruptedException {
    this.home = home;
    this.folder = folder;
    this.console = console;
    delete(folder);
    Files.createDirectories(folder);
    // The path of a checkout may be too long for a UNIX socket.
    this.proxyFolder = Files.createTempDirectory("gild-proxy");
    this.token = folder.resolve("token");
    Files.createFile(
        token, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(token, UUID.randomUUID().toString());
    this.provider = CanaryCase.provider(SEED);
    this.stable = version("stable", stablePorts, CanaryCase.STABLE_MODEL);
    this.proxy = HaproxyServer.start(proxyFolder, backend());
    this.load = SteadyLoad.start(proxy.url(), REQUESTS_PER_SECOND, questions());
    Files.writeString(folder.resolve("golden.json"), goldenTasks());
    Files.writeString(settings(), rollouts());
  }

  private static List<String> questions() {
    return Excerpt.questions().stream().map(Question::text).limit(QUESTIONS).toList();
  }

  /** The smoke test asks the first task, which even the wrong version answers. */
  private static String goldenTasks() {
    ArrayNode tasks = JsonMappers.MAPPER.createArrayNode();
    List<Question> all = new ArrayList<>(Excerpt.questions());
    while (CanaryCase.mistakes(all.get(0).text())) {
      all.remove(0);
    }
    int step = Math.max(1, all.size() / GOLDEN_TASKS);
    for (int i = 0; i < all.size(); i += step) {
      Question question = all.get(i);
      tasks
          .addObject()
          .put("id", question.id())
          .put("input", question.text())
          .put("validator", "contains")
          .put("expected", "Intent: " + question.intent());
    }
    return tasks.toPrettyString();
  }

  /** Returns the backend of the example that is shipped, with these ports and faster checks. */
  private String backend() throws IOException {
    String example = Files.readString(home.root().resolve("config/deploy/haproxy/haproxy.cfg"));
    return example
            .substring(example.indexOf("\nbackend agents\n") + 1)
            .replaceAll("(inter|fastinter|downinter) \\w+", "$1 200ms")
            .replace("127.0.0.1:8081", "127.0.0.1:" + stablePorts.answers())
            .replace("127.0.0.1:8082", "127.0.0.1:" + canaryPorts.answers())
        + "\n  timeout check 2s\n  # For the demo alone: names the server, so that failures can be counted by version.\n"
        + "  http-after-response set-header "
        + SteadyLoad.SERVED_BY
        + " %s\n";
  }

  /** Returns the settings of all rollouts, with steps of seconds instead of minutes. */
  private String rollouts() {
    StringBuilder yaml =
        new StringBuilder(
            """
            # The rollouts of the demo. Seconds stand for minutes, and the tolerances are wide
            # because a few hundred calls have to be enough.
            rollout-defaults:
              interval: 250ms
              steps: [10, 25, 50, 100]
              step-duration: 3s
              max-step-duration: 8s
              on-undecided: advance
              keep-warm: 4s
              criteria:
                error-rate: {tolerance: 0.05, min-calls: 20}
                refusal-rate: off
                latency: {quantile: 0.9, tolerance: 0.5, min-calls: 20}
                cost: {tolerance: 0.2, min-calls: 20}
                golden-score: {tolerance: 0.1, min-calls: 15}
            rollouts:
            """);
    for (CanaryCase each : CanaryCase.values()) {
      yaml.append(
          """
            %s:
              agent: support
              engine: haproxy
              stable: {version: "1", address: "%s"}
              canary: {version: "2-%s", address: "%s"}
              traffic:
                socket: "%s"
                backend: agents
                calls: {stable: "%s", canary: "%s", token-file: "%s", agent: support}
              golden:
                tasks: "%s"
                path: /answer
                body: '{"text": "{input}"}'
                answer: answer
                every: 200ms
                timeout: 5s
          """
              .formatted(
                  each.title(),
                  stablePorts.address(),
                  each.title(),
                  canaryPorts.address(),
                  proxy.socket(),
                  stablePorts.controlUrl(),
                  canaryPorts.controlUrl(),
                  token,
                  folder.resolve("golden.json"))
              .indent(2));
    }
    return yaml.toString();
  }

  private SupportVersion version(String name, SupportVersion.Ports ports, String model)
      throws IOException, InterruptedException {
    Path own = folder.resolve(name);
    Path data = console ? data() : own.resolve("data");
    return SupportVersion.start(
        home,
        new SupportVersion.Place(own, data, console),
        ports,
        token,
        model,
        provider.openAiBaseUrl());
  }

  /** Starts a new version. */
  SupportVersion canary(CanaryCase which) throws IOException, InterruptedException {
    return version(which.title(), canaryPorts, which.model());
  }

  /** Before a version ends that still has calls, as the promoted one does at the end. */
  void giveAllToStable() throws IOException, InterruptedException {
    proxy.command(
        "set server agents/stable state ready; set weight agents/stable 256;set weight agents/canary 0");
    TimeUnit.MILLISECONDS.sleep(LONGEST_ANSWER_MILLIS);
  }

  SteadyLoad load() {
    return load;
  }

  Path settings() {
    return folder.resolve("gild.yaml");
  }

  Path data() {
    return folder.resolve("data");
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Override
  public void close() throws IOException {
    load.close();
    proxy.close();
    stable.close();
    provider.close();
    delete(proxyFolder);
  }
}
