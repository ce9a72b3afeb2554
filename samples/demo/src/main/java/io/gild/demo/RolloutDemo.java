package io.gild.demo;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Rolls out five new versions of an unmodified agent behind HAProxy; four of them are bad. */
final class RolloutDemo {

  private static final int WRONG = 1;
  private static final int MISSING = 2;
  private static final int WIDTH = 118;

  private final Home home = Home.find();
  private final PrintStream out;
  private final boolean quiet;
  private final boolean console;
  private volatile String address = "";

  /**
   * Prepares the demo.
   *
   * @param console whether a console shows the run, and stays open after it until Enter is pressed
   */
  RolloutDemo(PrintStream out, boolean quiet, boolean console) {
    this.out = out;
    this.quiet = quiet;
    this.console = console;
  }

  /** Returns the exit status: 0 if all ended as it should, 1 if not, 2 if something is missing. */
  int run() throws IOException, InterruptedException {
    String missing = missing();
    if (!missing.isEmpty()) {
      out.println(missing);
      return MISSING;
    }
    Path folder = home.output().resolve("rollout");
    say(
        "An unmodified agent behind HAProxy, %d requests a second. Five new versions are rolled out."
            .formatted(RolloutStage.REQUESTS_PER_SECOND));
    try (RolloutStage stage = new RolloutStage(home, folder, console)) {
      say("Its settings: " + Home.shown(stage.settings()));
      return console ? runWithConsole(stage, folder) : run(stage, folder);
    }
  }

  private int runWithConsole(RolloutStage stage, Path folder)
      throws IOException, InterruptedException {
    try (GildProcess shown =
        GildProcess.console(stage.settings(), stage.data(), this::takeAddress)) {
      int status = run(stage, folder);
      if (shown.isAlive()) {
        out.println("  The console stays open: " + address + "  Press Enter to end it.");
        ConsoleOfRun.awaitEnter();
      }
      return status;
    }
  }

  /** The first line has the address of the page; others are problems and hints. */
  private void takeAddress(String line) {
    if (line.startsWith("http")) {
      address = line;
      out.println("  Console: " + line);
    } else if (address.isEmpty()) {
      out.println("  " + line);
    }
  }

  private int run(RolloutStage stage, Path folder) throws IOException, InterruptedException {
    List<CanaryOutcome> outcomes = new ArrayList<>();
    for (CanaryCase each : CanaryCase.values()) {
      say("");
      say("gild rollout start %s    (%s)".formatted(each.title(), each.fault()));
      outcomes.add(new CanaryRun(stage, each, this::echo).run());
    }
    stage.load().end();
    new RolloutReport(outcomes).write(home.output(), out);
    out.printf(
        "  look at  gild rollout history %s --settings %s --data %s%n",
        CanaryCase.WRONG.title(),
        Home.shown(folder.resolve("gild.yaml")),
        Home.shown(folder.resolve("data")));
    return outcomes.stream().allMatch(CanaryOutcome::isRight) ? 0 : WRONG;
  }

  private String missing() {
    boolean found =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .anyMatch(each -> Files.isExecutable(Path.of(each, "haproxy")));
    if (!found) {
      return "Not run: haproxy is not installed. It must be on the PATH, such as by \"apt-get"
          + " install haproxy\".";
    }
    for (Path file : List.of(home.legacyJar(), home.agentJar())) {
      if (!Files.exists(file)) {
        return "Not run: it needs " + Home.shown(file) + ". Build it with ./mvnw package.";
      }
    }
    return "";
  }

  /** Shows the decisions; verdicts only where they decide. */
  private void echo(String line) {
    boolean verdict = line.startsWith("    ");
    if (!verdict || line.startsWith("    FAIL")) {
      String shown = "  " + line;
      say(shown.length() <= WIDTH ? shown : shown.substring(0, WIDTH - 1) + "…");
    }
  }

  private void say(String line) {
    if (!quiet) {
      out.println(line);
    }
  }
}
