package io.gild.observability;

import io.gild.core.AgentCall;
import io.gild.core.CallFacts;
import io.gild.core.CallKind;
import io.gild.core.CallRefused;
import io.gild.core.MethodSpec;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/**
 * A governed call in a recording of the JDK's Flight Recorder; it holds no prompt and no answer.
 */
@Category("Gild")
@StackTrace(false)
abstract class CallFlight extends Event {

  /** A call of an agent. */
  @Name("io.gild.AgentCall")
  @Label("Agent Call")
  static final class OfAgent extends CallFlight {
    static final OfAgent ANY = new OfAgent();
  }

  /** A request to a model. */
  @Name("io.gild.ModelCall")
  @Label("Model Call")
  static final class OfModel extends CallFlight {
    static final OfModel ANY = new OfModel();
  }

  /** A run of a tool. */
  @Name("io.gild.ToolCall")
  @Label("Tool Call")
  static final class OfTool extends CallFlight {
    static final OfTool ANY = new OfTool();
  }

  @Label("Agent")
  @Nullable String agent;

  @Label("Method")
  @Nullable String method;

  @Label("Version")
  @Nullable String version;

  @Label("Outcome")
  @Description("success, failure, refused or cancelled")
  @Nullable String outcome;

  @Label("Error")
  @Description("Class of the failure")
  @Nullable String error;

  @Label("Attempts")
  int attempts;

  @Label("Model")
  @Nullable String model;

  @Label("Input Tokens")
  long inputTokens;

  @Label("Output Tokens")
  long outputTokens;

  @Label("Cost")
  @Description("Billionths of a US dollar")
  long nanoUsd;

  @Label("Cost Known")
  @Description("Whether all models have a known price")
  boolean costKnown;

  @Label("Cache")
  @Description("hit, miss or shared")
  @Nullable String cache;

  /** Returns a begun event; null if no recording wants it. */
  static @Nullable CallFlight begin(CallKind kind) {
    CallFlight any =
        switch (kind) {
          case AGENT -> OfAgent.ANY;
          case CHAT, EMBEDDINGS -> OfModel.ANY;
          case TOOL -> OfTool.ANY;
        };
    if (!any.isEnabled()) {
      return null;
    }
    CallFlight flight =
        switch (kind) {
          case AGENT -> new OfAgent();
          case CHAT, EMBEDDINGS -> new OfModel();
          case TOOL -> new OfTool();
        };
    flight.begin();
    return flight;
  }

  void end(AgentCall call) {
    end();
    if (!shouldCommit()) {
      return;
    }
    MethodSpec spec = call.method().spec();
    CallFacts facts = call.facts();
    Throwable failure = call.failure();
    agent = spec.agent();
    method = spec.methodName();
    version = spec.version();
    outcome = outcome(call, failure);
    error = failure == null ? null : failure.getClass().getName();
    attempts = call.attempts();
    model = facts.responseModel();
    inputTokens = facts.usage().inputTokens();
    outputTokens = facts.usage().outputTokens();
    nanoUsd = facts.costNanoUsd();
    costKnown = facts.costKnown();
    cache = call.cacheResult();
    commit();
  }

  private static String outcome(AgentCall call, @Nullable Throwable failure) {
    if (call.cancelled()) {
      return "cancelled";
    }
    if (failure == null) {
      return "success";
    }
    return failure instanceof CallRefused ? "refused" : "failure";
  }
}
