package io.gild.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs an agent over the workload in its own JVM. */
final class ChildRun {

  /** An agent that failed; the message contains its last lines. */
  static final class Failed extends RuntimeException {
    Failed(String message) {
      super(message);
    }
  }

  private static final Pattern PROGRESS = Pattern.compile("answered (\\d+)/(\\d+)");
  private static final int KEPT_LINES = 20;
  private static final int LIMIT_MINUTES = 5;
  private static final int THREADS = 8;

  private final Path folder;
  private final RunProgress progress;
  private final ConsoleOfRun console;
  private final Map<String, String> environment;
  private final List<String> systemProperties;

  ChildRun(
      Path folder,
      RunProgress progress,
      ConsoleOfRun console,
      Map<String, String> environment,
      List<String> systemProperties) {
    this.folder = folder;
    this.progress = progress;
    this.console = console;
    this.environment = Map.copyOf(environment);
    this.systemProperties = List.copyOf(systemProperties);
  }

  /** The replies of the agent, what Gild reported, and the time it took. */
  record Result(List<Reply> replies, GildReport gild, double seconds) {}

  Result run(AgentUnderTest agent, Path questions) throws IOException, InterruptedException {
    Path answers = folder.resolve(agent.name() + "-answers.jsonl");
    Path report = folder.resolve(agent.name() + "-gild.json");
    Files.deleteIfExists(answers);
    Files.deleteIfExists(report);
    long start = System.nanoTime();
    Process process = start(command(agent, report, questions, answers));
    CompletableFuture.delayedExecutor(LIMIT_MINUTES, TimeUnit.MINUTES)
        .execute(() -> {
          if (!console.isOpen()) {
            process.destroyForcibly();
          }
        });
    Deque<String> lastLines = follow(agent.name(), process);
    int status = process.waitFor();
    double seconds = (console.whenAnswered(System.nanoTime()) - start) / 1e9;
    if (status != 0) {
      throw new Failed(
          "The %s run ended with status %d after %.0f s:%n%s"
              .formatted(agent.name(), status, seconds, String.join("\n", lastLines)));
    }
    return new Result(Reply.read(answers), GildReport.read(report), seconds);
  }

  private List<String> command(AgentUnderTest agent, Path report, Path questions, Path answers) {
    List<String> properties = new ArrayList<>(systemProperties);
    properties.add("-Dgild.report.file=" + report);
    List<String> command = new ArrayList<>(agent.command(properties));
    command.addAll(List.of(questions.toString(), answers.toString(), Integer.toString(THREADS)));
    return command;
  }

  private Process start(List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    return builder.start();
  }

  /** Reads the output of the agent until it ends; lines of Gild are passed on. */
  private Deque<String> follow(String label, Process process) throws IOException {
    Deque<String> lastLines = new ArrayDeque<>();
    progress.start();
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Matcher answered = PROGRESS.matcher(line);
        if (answered.find()) {
          progress.show(
              label, Integer.parseInt(answered.group(1)), Integer.parseInt(answered.group(2)));
          continue;
        }
        if (console.takes(line, process)) {
          continue;
        }
        if (line.regionMatches(true, 0, "gild", 0, 4) || line.startsWith("[gild")) {
          progress.say("  " + line);
        }
        lastLines.addLast(line);
        if (lastLines.size() > KEPT_LINES) {
          lastLines.removeFirst();
        }
      }
    }
    return lastLines;
  }
}
