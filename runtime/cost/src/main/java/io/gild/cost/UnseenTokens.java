package io.gild.cost;

import io.gild.core.AgentCall;
import io.gild.core.GildLog;
import io.gild.core.HostClasses;
import io.gild.core.spi.Stage;
import io.gild.core.spi.StageContext;

/** Logs once, with the remedy, that a method's money is counted but no tokens were reported. */
class UnseenTokens extends Stage {

  private final StageContext context;
  private volatile boolean decided;

  UnseenTokens(StageContext context) {
    this.context = context;
  }

  @Override
  public boolean enter(AgentCall call) {
    return true;
  }

  @Override
  public boolean exit(AgentCall call) {
    if (!decided && call.failure() == null) {
      decided = true;
      if (call.facts().modelCalls() == 0) {
        GildLog.infoOnce(message());
      }
    }
    return false;
  }

  private String message() {
    String problem =
        context.spec().id()
            + " counts money, but its first call reported no tokens: unless it called no model, its"
            + " cost stays 0 and a budget never refuses it. ";
    return HostClasses.attached()
        ? problem
            + "The javaagent does not know the model's library; report tokens with"
            + " AgentCall.current().recordUsage(...)."
        : problem
            + "Add io.gild:gild-langchain4j and its GildChatModelListener to the model, report"
            + " tokens with AgentCall.current().recordUsage(...), or attach the javaagent. Tasks of a"
            + " thread pool belong to the call through CallContext.executor(...).";
  }
}
