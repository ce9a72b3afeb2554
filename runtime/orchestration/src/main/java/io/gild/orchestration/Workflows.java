package io.gild.orchestration;

import io.gild.a2a.client.A2aClient;
import io.gild.config.Experimental;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Implements an interface with {@link io.gild.annotations.WorkflowInterface}: each call of it is a
 * run. Not thread-safe; what it builds is.
 *
 * <pre>{@code
 * ArticleFlow flow =
 *     Workflows.of(ArticleFlow.class).with(researcher, writer, reviewer).on(orchestrator).build();
 * String article = flow.write("gold");
 * }</pre>
 *
 * @param <T> the interface
 */
@Experimental
public final class Workflows<T> {

  private final Class<T> type;
  private final WorkflowAgents agents = new WorkflowAgents();
  private @Nullable Orchestrator orchestrator;

  private Workflows(Class<T> type) {
    this.type = type;
  }

  /**
   * Begins to implement an interface.
   *
   * @param type the interface
   * @param <T> the same
   * @return a builder
   */
  public static <T> Workflows<T> of(Class<T> type) {
    return new Workflows<>(type);
  }

  /**
   * Adds agents; each does the steps that name its class, a superclass or an interface of it.
   *
   * @param objects the agents; thread-safe if several runs use them
   * @return this
   */
  public Workflows<T> with(Object... objects) {
    for (Object each : objects) {
      agents.add(each);
    }
    return this;
  }

  /**
   * Adds the agent of the steps of one name, such as one of several voters of the same type. A
   * supervisor has the name of its method.
   *
   * @param step name of the steps
   * @param object the agent
   * @return this
   * @throws IllegalArgumentException if the steps have one already
   */
  public Workflows<T> agent(String step, Object object) {
    agents.add(step, object);
    return this;
  }

  /**
   * Sets the client of remote steps, such as one with credentials.
   *
   * @param url the URL of the steps, as it is annotated
   * @param client calls the agent
   * @return this
   */
  public Workflows<T> client(String url, A2aClient client) {
    agents.add(url, client);
    return this;
  }

  /**
   * Adds the peers of the steps that name their topic.
   *
   * @param peers the peers
   * @return this
   */
  public Workflows<T> peers(BrokerPeers peers) {
    agents.add(peers);
    return this;
  }

  /**
   * Sets what runs the workflows; needed to {@link #build()}.
   *
   * @param value the orchestrator
   * @return this
   */
  public Workflows<T> on(Orchestrator value) {
    orchestrator = value;
    return this;
  }

  /**
   * Describes the workflows, to use them as parts of others.
   *
   * @return the workflows by the names of their methods
   * @throws IllegalArgumentException as {@link #build()}
   */
  public Map<String, Workflow<?, ?>> describe() {
    return Map.copyOf(read().all());
  }

  private DeclaredWorkflows read() {
    DeclaredWorkflows declared = new DeclaredWorkflows(type, agents);
    declared.methods().values().forEach(WorkflowCalls::require);
    declared.all();
    agents.requireUsed();
    return declared;
  }

  /**
   * Implements the interface and makes its workflows known to the orchestrator, so that their runs
   * can be resumed.
   *
   * @return the implementation; thread-safe. Its methods throw {@link OrchestrationException} if
   *     the run fails.
   * @throws IllegalArgumentException if a step cannot be done: its agent or its method is missing
   *     or not the only one, or a policy cannot take effect; or if an agent does nothing
   * @throws IllegalStateException without an orchestrator
   */
  public T build() {
    Orchestrator known = orchestrator;
    if (known == null) {
      throw new IllegalStateException("workflows need an orchestrator: add on(orchestrator)");
    }
    Map<String, Workflow<?, ?>> workflows = read().all();
    workflows.values().forEach(known::register);
    WorkflowCalls calls = new WorkflowCalls(type, workflows, known);
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, calls));
  }
}
