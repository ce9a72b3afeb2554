package io.gild.ledger;

import io.gild.core.AgentCall;
import io.gild.core.CallKind;
import io.gild.core.RuntimeScope;
import io.gild.core.spi.CallListener;

/** Reads what prompts consist of when a call of a model has ended. */
final class PromptListener implements CallListener {

  @Override
  public void onCallCompleted(AgentCall call) {
    if (call.method().spec().kind() != CallKind.CHAT || call.failure() != null) {
      return;
    }
    RuntimeScope runtime = call.method().runtime();
    LedgerSettings settings = runtime.settings().get(LedgerSettings.SECTION);
    if (settings.enabled() && settings.prompts() && Ledgers.isFolder(runtime.settings())) {
      runtime.shared(PromptUses.class, PromptUses::new).add(call);
    }
  }
}
