package io.gild.evaluation;

import io.gild.config.DeclaredAgent;
import io.gild.config.DeclaredAgent.DeclaredMethod;
import io.gild.core.AgentCall;
import io.gild.core.CallKind;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.core.MethodSpec;
import io.gild.core.spi.CallListener;
import io.gild.evaluation.spi.ToolCall;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Puts a call of its own around what an agent does, so that tokens, money, attempts and tools of all
 * that happens inside are known, and no cache answers.
 *
 * <p>The call belongs to a runtime apart: it leaves no telemetry.
 */
final class Probe implements CallListener {

  private final GildRuntime apart;
  private final Map<AgentCall, Notes> open = Collections.synchronizedMap(new IdentityHashMap<>());

  private static final class Notes {
    private final List<ToolCall> tools = new ArrayList<>();
    private final List<ToolCall> asked = new ArrayList<>();
    private int attempts;
  }

  private static final class Installed {
    static final Probe PROBE = new Probe(GildRuntime.global());
  }

  Probe(GildRuntime application) {
    apart = GildRuntime.builder().settings(application.settings()).build();
    application.addListener(this);
  }

  /** Returns the probe of this application. */
  static Probe ofThisApplication() {
    return Installed.PROBE;
  }

  /**
   * Runs something on this thread.
   *
   * @param seen takes what was seen, even if the body throws
   * @return what the body returned
   * @throws Exception what the body threw
   */
  <T> T run(DeclaredAgent agent, DeclaredMethod method, Callable<T> body, Measured[] seen)
      throws Exception {
    GovernedMethod around =
        apart.method(MethodSpec.of(agent.name(), agent.type(), method.name(), "()V"));
    AgentCall call = around.begin(null);
    call.askFresh();
    Notes notes = new Notes();
    open.put(call, notes);
    call.proceed();
    try {
      T value = body.call();
      call.returned(null);
      return value;
    } catch (Throwable failure) {
      call.threw(failure);
      throw failure;
    } finally {
      call.proceed(); // nothing to repeat: this ends the call
      open.remove(call);
      seen[0] = measured(call, notes);
    }
  }

  private static Measured measured(AgentCall call, Notes notes) {
    synchronized (notes) {
      boolean tokens = call.modelCalls() > 0;
      return new Measured(
          call.costUsd(),
          call.usage().inputTokens(),
          call.usage().outputTokens(),
          notes.attempts,
          Math.max(call.httpAttempts(), tokens && call.httpAttempts() == 0 ? call.modelCalls() : 0),
          notes.tools.isEmpty() ? notes.asked : notes.tools,
          tokens || call.httpAttempts() > 0);
    }
  }

  @Override
  public void onCallCompleted(AgentCall call) {
    for (AgentCall around = call.parent(); around != null; around = around.parent()) {
      Notes notes = open.get(around);
      if (notes != null) {
        note(notes, call, around);
        return;
      }
    }
  }

  private static void note(Notes notes, AgentCall call, AgentCall around) {
    synchronized (notes) {
      if (call.method().spec().kind() == CallKind.TOOL) {
        notes.tools.add(tool(call));
      } else if (call.method().spec().kind().isModel()) {
        call.toolCalls().forEach(name -> notes.asked.add(new ToolCall(name, null)));
      } else if (call.parent() == around) {
        notes.attempts += call.attempts();
      }
    }
  }

  private static ToolCall tool(AgentCall call) {
    List<MethodSpec.Parameter> parameters = call.method().spec().parameters();
    Map<String, @Nullable Object> arguments = new LinkedHashMap<>();
    for (int i = 0; i < call.arguments().length; i++) {
      Object value = Plain.of(call.argument(i));
      if (i < parameters.size()) {
        arguments.put(parameters.get(i).name(), value);
      } else if (value instanceof Map<?, ?> named && call.arguments().length == 1) {
        named.forEach((name, each) -> arguments.put(String.valueOf(name), each));
      } else {
        arguments.put("arg" + i, value);
      }
    }
    return new ToolCall(call.method().spec().methodName(), arguments);
  }
}
