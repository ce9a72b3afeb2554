package io.gild.benchmarks;

import dev.langchain4j.agentic.Agent;
import dev.langchain4j.agentic.AgenticServices;
import dev.langchain4j.agentic.UntypedAgent;
import dev.langchain4j.service.V;
import io.gild.orchestration.Orchestrator;
import io.gild.orchestration.Workflow;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Three steps that do nothing but add a letter, one after another. */
final class PipelineCalls {

  private static final Duration MOST = Duration.ofSeconds(30);
  private static final String INPUT = "x";
  private static final String RESULT = "xabc";

  private PipelineCalls() {}

  private interface Pipeline {
    Object run() throws Exception;
  }

  /** Runs pipelines after half as many that do not count; returns microseconds per pipeline. */
  private static double micros(int runs, Pipeline pipeline) throws Exception {
    for (int i = 0; i < runs / 2; i++) {
      require(pipeline.run());
    }
    long start = System.nanoTime();
    for (int i = 0; i < runs; i++) {
      require(pipeline.run());
    }
    return (System.nanoTime() - start) / 1e3 / runs;
  }

  private static void require(Object result) {
    if (!RESULT.equals(result)) {
      throw new IllegalStateException("A pipeline returned " + result);
    }
  }

  /**
   * Measures a workflow.
   *
   * @param folder where its runs are kept, or {@code null}
   */
  static double workflow(@Nullable Path folder, int runs) throws Exception {
    Workflow<String, String> workflow =
        Workflow.<String>named("bench")
            .step("a", text -> text + "a")
            .step("b", text -> text + "b")
            .step("c", text -> text + "c")
            .build();
    Orchestrator.Builder builder = Orchestrator.builder();
    try (Orchestrator orchestrator = (folder == null ? builder : builder.folder(folder)).build()) {
      return micros(runs, () -> orchestrator.start(workflow, INPUT).await(MOST));
    }
  }

  static double plain(int runs) throws Exception {
    Function<String, String> pipeline =
        ((Function<String, String>) text -> text + "a")
            .andThen(text -> text + "b")
            .andThen(text -> text + "c");
    return micros(runs, () -> pipeline.apply(INPUT));
  }

  /** Adds a letter to what the step before returned. */
  public static final class First {
    @Agent(outputKey = "a")
    public static String add(@V("x") String text) {
      return text + "a";
    }
  }

  /** Adds a letter to what the step before returned. */
  public static final class Second {
    @Agent(outputKey = "b")
    public static String add(@V("a") String text) {
      return text + "b";
    }
  }

  /** Adds a letter to what the step before returned. */
  public static final class Third {
    @Agent(outputKey = "c")
    public static String add(@V("b") String text) {
      return text + "c";
    }
  }

  static double langChain4j(int runs) throws Exception {
    UntypedAgent sequence =
        AgenticServices.sequenceBuilder()
            .subAgents(new First(), new Second(), new Third())
            .outputKey("c")
            .build();
    return micros(runs, () -> sequence.invoke(Map.of("x", INPUT)));
  }
}
