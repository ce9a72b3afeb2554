package io.gild.a2a.client;

import io.gild.a2a.A2aException;
import io.gild.a2a.A2aVersion;
import io.gild.a2a.AgentCard;
import io.gild.a2a.AgentInterface;
import java.util.ArrayList;
import java.util.List;

/** Chooses how an agent is called, by its card. */
final class CardFinder {

  private CardFinder() {}

  /**
   * Returns the first interface of the newest version that this client speaks.
   *
   * @throws A2aException if it speaks none
   */
  static Endpoint endpoint(AgentCard card) {
    List<String> offered = new ArrayList<>();
    Endpoint found = null;
    for (AgentInterface each : card.interfaces()) {
      A2aVersion version = A2aVersion.of(each.protocolVersion());
      boolean jsonRpc = each.binding().equals(AgentInterface.JSON_RPC);
      boolean http = each.binding().equals(AgentInterface.HTTP_JSON) && version == A2aVersion.V1_0;
      offered.add(each.binding() + " " + each.protocolVersion());
      if (version == null || !(jsonRpc || http)) {
        continue;
      }
      if (found == null || found.isOld() && version == A2aVersion.V1_0) {
        found = new Endpoint(each.url().replaceAll("/+$", ""), jsonRpc, version);
      }
    }
    if (found == null) {
      throw new A2aException(
          "the agent "
              + card.name()
              + " offers "
              + offered
              + ", and this client speaks JSONRPC 1.0 and 0.3 and HTTP+JSON 1.0");
    }
    return found;
  }
}
