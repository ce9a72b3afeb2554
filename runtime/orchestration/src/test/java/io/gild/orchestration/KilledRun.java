package io.gild.orchestration;

import io.gild.config.PolicyTree;
import io.gild.core.CallKind;
import io.gild.core.Effect;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.core.MethodSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** Runs or resumes a workflow of many side effects, in a JVM that is killed at any moment. */
final class KilledRun {

  static final String ID = "killed";
  static final int STEPS = 12;

  private final Path done;
  private final GovernedMethod pay =
      GildRuntime.global()
          .method(
              new MethodSpec(
                  CallKind.TOOL,
                  "desk",
                  "",
                  "com.acme.Desk",
                  "pay",
                  "(Ljava/lang/String;)Ljava/lang/String;",
                  List.of(),
                  Effect.SIDE_EFFECT,
                  PolicyTree.empty()));

  private KilledRun(Path done) {
    this.done = done;
  }

  /** Changes the world, which shows if it is done twice. */
  private String happen(String what) throws IOException {
    Files.writeString(done, what + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    return "did " + what;
  }

  private Workflow<String, String> workflow() {
    WorkflowBuilder<String, String> builder = Workflow.named("effects");
    for (int i = 0; i < STEPS; i++) {
      String name = "step" + i;
      builder =
          switch (i % 3) {
            case 0 ->
                builder.<String>step(
                    name,
                    input -> {
                      Object paid =
                          pay.call(null, arguments -> happen((String) arguments[0]), name);
                      Thread.sleep(3);
                      return String.valueOf(paid);
                    });
            case 1 ->
                builder.<String>stepWithContext(
                    name,
                    (input, context) -> {
                      context.effect("a", () -> happen(name + "a"));
                      Thread.sleep(3);
                      return context.effect("b", () -> happen(name + "b"));
                    });
            default ->
                builder.<String, String>parallel(
                    name,
                    List.of(branch(name + "x"), branch(name + "y")),
                    results -> String.join(",", results));
          };
    }
    return builder.build();
  }

  private Workflow<String, String> branch(String name) {
    return Workflow.<String>named(name)
        .<String>stepWithContext(name, (input, context) -> context.effect("do", () -> happen(name)))
        .build();
  }

  /** Returns how often each effect has to be in the file: once. */
  static int expectedEffects() {
    int effects = 0;
    for (int i = 0; i < STEPS; i++) {
      effects += i % 3 == 0 ? 1 : 2;
    }
    return effects;
  }

  /** Resumes until the run is over; decides effects in doubt by what is in the file. */
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    KilledRun self = new KilledRun(folder.resolve("done.txt"));
    try (Orchestrator orchestrator =
        Orchestrator.builder().folder(folder.resolve("runs")).build()) {
      WorkflowRun<String> run = orchestrator.start(self.workflow(), "go", RunOptions.id(ID));
      System.out.println("ready");
      while (true) {
        try {
          System.out.println("result " + run.await(Duration.ofMillis(20)));
          return;
        } catch (TimeoutException notYet) {
          self.decide(run);
        }
      }
    }
  }

  private void decide(WorkflowRun<String> run) throws IOException {
    String question = run.record().question();
    if (question != null) {
      RunHistory history = new RunFolder(done.resolveSibling("runs")).read(ID);
      for (String path : history.questions().keySet()) {
        boolean happened =
            Files.exists(done) && Files.readAllLines(done).contains(effect(history, path));
        run.decide(happened ? Decision.approve("witness") : Decision.reject("witness", "absent"));
      }
    }
  }

  /** Returns the line that the effect of a question writes. */
  private static String effect(RunHistory history, String question) {
    int at = question.indexOf('#');
    String path = question.substring(0, at);
    String step = path.substring(path.lastIndexOf('/') + 1);
    StepEntry entry = java.util.Objects.requireNonNull(history.find(path));
    String method = entry.effects.get(Integer.parseInt(question.substring(at + 1))).method;
    return method.length() == 1 ? step + method : step;
  }
}
