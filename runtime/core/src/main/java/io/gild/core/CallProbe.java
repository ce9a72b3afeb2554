package io.gild.core;

import io.gild.config.Experimental;
import io.gild.config.Policies;
import io.gild.config.Usage;
import io.gild.core.spi.CallListener;
import io.gild.core.spi.EffectJournal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Wraps work of an application in a separate call, so that its tokens, money, attempts and tools
 * are known.
 *
 * <p>That call belongs to a separate runtime, and leaves no telemetry. Thread-safe.
 */
@Experimental
public final class CallProbe implements CallListener {

  private final GildRuntime apart;
  private final Map<AgentCall, Opened> open = Collections.synchronizedMap(new IdentityHashMap<>());

  /**
   * Creates a probe.
   *
   * @param application the runtime whose calls it sees from now on
   */
  public CallProbe(GildRuntime application) {
    // The outer call would carry a rule for the agent by name, and the rule would never act.
    apart =
        GildRuntime.builder()
            .settings(application.settings())
            .policies(spec -> Policies.none())
            .build();
    application.addListener(this);
  }

  /**
   * A tool that was called.
   *
   * @param name name of the tool
   * @param arguments its arguments by name, as plain values; {@code null} if only the name is known
   */
  public record Tool(String name, @Nullable Map<String, @Nullable Object> arguments) {}

  /**
   * What was seen.
   *
   * @param nanoUsd billionths of a US dollar
   * @param usage tokens of all model requests
   * @param attempts runs of governed methods that were called directly; zero or more
   * @param requests physical requests to models or, where these are not seen, calls of models
   * @param measured whether any request to a model was seen
   * @param priced whether each model that was seen has a known price
   * @param toolsSeen whether any call of a model or a tool was seen, so that the tools are known
   * @param tools the tools in the order in which they ended
   */
  public record Seen(
      long nanoUsd,
      Usage usage,
      int attempts,
      int requests,
      boolean measured,
      boolean priced,
      boolean toolsSeen,
      List<Tool> tools) {

    /** Nothing was seen. */
    public static final Seen NOTHING = new Seen(0, Usage.NONE, 0, 0, false, true, false, List.of());

    /** Copies the list. */
    public Seen {
      tools = List.copyOf(tools);
    }

    /**
     * Returns what was seen in two observations of the same work, of which each sees its own
     * requests.
     *
     * @param other the other one
     * @return the sums, the larger number of attempts; priced only if both are
     */
    public Seen plus(Seen other) {
      List<Tool> both = new ArrayList<>(tools);
      both.addAll(other.tools);
      return new Seen(
          nanoUsd + other.nanoUsd,
          usage.plus(other.usage),
          Math.max(attempts, other.attempts),
          requests + other.requests,
          measured || other.measured,
          priced && other.priced,
          toolsSeen || other.toolsSeen,
          both);
    }
  }

  /** The observation from {@link CallProbe#open} to {@link #close}, on one thread. */
  public final class Opened {

    private final AgentCall call;
    private final List<Tool> ran = new ArrayList<>();
    private final List<Tool> requested = new ArrayList<>();
    private int attempts;
    private boolean toolsSeen;

    private Opened(AgentCall call) {
      this.call = call;
    }

    /**
     * Ends the observation, on the thread that began it.
     *
     * @return what was seen
     */
    public synchronized Seen close() {
      open.remove(call);
      call.returned(null);
      call.proceed(); // nothing to repeat: this ends the call
      CallFacts seen = call.facts();
      int models = seen.modelCalls();
      return new Seen(
          seen.costNanoUsd(),
          seen.usage(),
          attempts,
          seen.httpAttempts() == 0 ? models : seen.httpAttempts(),
          models > 0 || seen.httpAttempts() > 0,
          seen.costKnown(),
          toolsSeen,
          ran.isEmpty() ? requested : ran);
    }

    /**
     * Sets the journal in which the side effects of the work are kept.
     *
     * @param journal the journal
     */
    public void effects(EffectJournal journal) {
      call.detail().effects(journal);
    }

    private synchronized void note(AgentCall inner) {
      CallKind kind = inner.method().spec().kind();
      toolsSeen |= kind == CallKind.TOOL || kind.isModel();
      if (kind == CallKind.TOOL) {
        ran.add(tool(inner));
      } else if (kind.isModel()) {
        inner.facts().toolCalls().forEach(name -> requested.add(new Tool(name, null)));
      } else if (inner.parent() == call) {
        attempts += inner.attempts();
      }
    }
  }

  /**
   * Begins to observe the work of the current thread, and the tasks that it starts in thread pools.
   *
   * @param agent name of the agent
   * @param fresh whether no cache may answer inside of it
   * @return to be closed on the same thread
   */
  public Opened open(String agent, boolean fresh) {
    AgentCall call = apart.method(MethodSpec.of(agent, agent, "watched", "()V")).begin(null);
    if (fresh) {
      call.askFresh();
    }
    Opened opened = new Opened(call);
    open.put(call, opened);
    call.proceed();
    return opened;
  }

  @Override
  public void onCallCompleted(AgentCall call) {
    if (open.isEmpty()) {
      return;
    }
    for (AgentCall around = call.parent(); around != null; around = around.parent()) {
      Opened opened = open.get(around);
      if (opened != null) {
        opened.note(call);
        return;
      }
    }
  }

  private static Tool tool(AgentCall call) {
    List<MethodSpec.Parameter> parameters = call.method().spec().parameters();
    Map<String, @Nullable Object> arguments = new LinkedHashMap<>();
    for (int i = 0; i < call.arguments().length; i++) {
      Object value = PlainValues.of(call.argument(i));
      if (i < parameters.size()) {
        arguments.put(parameters.get(i).name(), value);
      } else if (value instanceof Map<?, ?> named && call.arguments().length == 1) {
        named.forEach((name, each) -> arguments.put(String.valueOf(name), each));
      } else {
        arguments.put("arg" + i, value);
      }
    }
    return new Tool(call.method().spec().methodName(), arguments);
  }
}
