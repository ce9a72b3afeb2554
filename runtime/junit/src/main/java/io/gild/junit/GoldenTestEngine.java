package io.gild.junit;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.platform.engine.EngineDiscoveryRequest;
import org.junit.platform.engine.EngineExecutionListener;
import org.junit.platform.engine.ExecutionRequest;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestEngine;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.EngineDescriptor;

/**
 * Runs golden tasks as tests: each agent is a container, each task a test with its tags.
 *
 * <p>Agents are found by selected classes, packages, class path roots and unique ids. The
 * configuration parameter {@code gild.parallel} sets how many tasks run at the same time, 1 by
 * default; the system properties are those of {@link io.gild.evaluation.GoldenTests}.
 */
@SuppressWarnings("exports") // AutoService is read by the compiler alone
@AutoService(TestEngine.class)
public final class GoldenTestEngine implements TestEngine {

  /** Id of the engine. */
  public static final String ID = "gild-golden";

  private static final String PARALLEL = "gild.parallel";

  /** Creates an engine; the platform does. */
  public GoldenTestEngine() {}

  @Override
  public String getId() {
    return ID;
  }

  @Override
  public TestDescriptor discover(EngineDiscoveryRequest request, UniqueId id) {
    EngineDescriptor engine = new EngineDescriptor(id, "Gild golden tasks");
    new Discovery(request, engine).run();
    return engine;
  }

  @Override
  public void execute(ExecutionRequest request) {
    int parallel =
        request.getConfigurationParameters().get(PARALLEL, GoldenTestEngine::atLeastOne).orElse(1);
    TestDescriptor engine = request.getRootTestDescriptor();
    EngineExecutionListener listener = request.getEngineExecutionListener();
    ExecutorService threads = Executors.newFixedThreadPool(parallel);
    listener.executionStarted(engine);
    try {
      for (TestDescriptor agent : engine.getChildren()) {
        execute(agent, listener, threads);
      }
    } finally {
      threads.shutdownNow();
      listener.executionFinished(engine, TestExecutionResult.successful());
    }
  }

  private static int atLeastOne(String text) {
    int parallel = Integer.parseInt(text.strip());
    if (parallel < 1) {
      throw new IllegalArgumentException(PARALLEL + " must be >= 1, but is " + parallel);
    }
    return parallel;
  }

  private static void execute(
      TestDescriptor agent, EngineExecutionListener listener, ExecutorService threads) {
    listener.executionStarted(agent);
    List<Future<?>> running = new ArrayList<>();
    for (TestDescriptor task : agent.getChildren()) {
      running.add(threads.submit(() -> ((TaskDescriptor) task).execute(listener)));
    }
    running.forEach(GoldenTestEngine::await);
    listener.executionFinished(agent, TestExecutionResult.successful());
  }

  private static void await(Future<?> task) {
    try {
      task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }
}
