package com.acme.runs;

import io.gild.orchestration.Decision;
import io.gild.orchestration.Orchestrator;
import io.gild.orchestration.RunOptions;
import io.gild.orchestration.RunState;
import io.gild.orchestration.Workflow;
import io.gild.orchestration.WorkflowRun;
import java.nio.file.Path;

/** Begins a durable run that waits for a decision, or continues it and decides. */
public final class TracedRunMain {

  private static final String ID = "sea";

  private TracedRunMain() {}

  /**
   * Runs it.
   *
   * @param arguments the folder of the runs, and {@code start} or {@code resume}
   */
  public static void main(String[] arguments) throws Exception {
    System.out.println("ready");
    Workflow<String, String> article =
        Workflow.<String>named("article")
            .step("research", topic -> topic + " researched")
            .approval("publish", text -> "Publish " + text + "?")
            .step("write", text -> text + " written")
            .build();
    try (Orchestrator orchestrator =
        Orchestrator.builder().folder(Path.of(arguments[0])).build().register(article)) {
      System.out.println(
          arguments[1].equals("start") ? start(orchestrator, article) : resume(orchestrator));
    }
  }

  private static String start(Orchestrator orchestrator, Workflow<String, String> article)
      throws InterruptedException {
    WorkflowRun<String> run = orchestrator.start(article, "sea", new RunOptions(ID, ""));
    while (run.record().state() != RunState.WAITING) {
      Thread.sleep(10);
    }
    return "waiting";
  }

  private static String resume(Orchestrator orchestrator) throws Exception {
    WorkflowRun<?> run = orchestrator.resume(ID);
    while (!run.decide(Decision.approve("ann"))) {
      Thread.sleep(10);
    }
    return String.valueOf(run.result().get());
  }
}
