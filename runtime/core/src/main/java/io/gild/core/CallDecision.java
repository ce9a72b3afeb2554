package io.gild.core;

import io.gild.config.Experimental;
import io.gild.core.spi.DecisionEvent;
import java.util.Locale;
import java.util.Map;

/**
 * A policy decided something about a call.
 *
 * @param method the method
 * @param call the call; not kept alive
 * @param code what was decided, in lower case
 * @param facts texts, numbers and truth values by name
 */
@Experimental
public record CallDecision(MethodSpec method, CallReference call, String code, Map<String, ?> facts)
    implements DecisionEvent {

  /**
   * Publishes a decision if there are subscribers, on the current thread.
   *
   * @param call the call that it is about
   * @param decided what was decided; its name in lower case is the code
   * @param facts texts, numbers and truth values by name, in a stable order
   */
  public static void publish(AgentCall call, Counts.Event decided, Map<String, ?> facts) {
    if (isWanted(call)) {
      publish(call, decided.name().toLowerCase(Locale.ROOT), facts);
    }
  }

  /**
   * Publishes a decision if there are subscribers, on the current thread.
   *
   * @param call the call that it is about
   * @param code what was decided, in lower case
   * @param facts texts, numbers and truth values by name, in a stable order
   */
  public static void publish(AgentCall call, String code, Map<String, ?> facts) {
    Events.Channel<CallDecision> channel = channel(call);
    if (channel.hasSubscribers()) {
      channel.publish(new CallDecision(call.method().spec(), call.reference(), code, facts));
    }
  }

  /**
   * Returns whether decisions about a call have subscribers; publishers need not check it, unless
   * the facts are expensive.
   *
   * @param call the call
   * @return {@code true} if a decision would be read
   */
  public static boolean isWanted(AgentCall call) {
    return channel(call).hasSubscribers();
  }

  private static Events.Channel<CallDecision> channel(AgentCall call) {
    return call.method().runtime().events().channel(CallDecision.class);
  }
}
