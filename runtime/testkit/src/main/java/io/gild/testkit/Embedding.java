package io.gild.testkit;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Serves one request for embeddings. */
final class Embedding {

  private final Conduct conduct;
  private final WireFormat format;
  private final WireResponse response;
  private final RequestLog.Entry entry;

  Embedding(Conduct conduct, WireFormat format, WireResponse response, RequestLog.Entry entry) {
    this.conduct = conduct;
    this.format = format;
    this.response = response;
    this.entry = entry;
  }

  /**
   * Answers, unless a fault occurs.
   *
   * @param tokens the tokens that the answer bills
   * @param whole the complete answer
   */
  void serve(String model, List<String> texts, int tokens, String whole) throws IOException {
    entry.asked(model, false, Hashes.of(String.join("\n", texts)));
    Fault fault = conduct.faultOf(model, entry.sequence());
    entry.failing(fault);
    if (Misfortune.strikes(fault, conduct, format, response, entry)) {
      return;
    }
    new Pace(entry.arrivalNanos())
        .step(conduct.latencyOf(model).untilFirstToken(conduct.seed(), entry.sequence()));
    entry.billed(tokens, 0);
    entry.completed(200);
    switch (fault) {
      case CUT_STREAM -> response.sendHalf("application/json", whole);
      case STALL_STREAM -> response.stallHalf("application/json", whole, conduct.stall());
      case MALFORMED_EVENT ->
          response.send(200, "application/json", whole.substring(0, whole.length() / 2), Map.of());
      default -> response.send(200, "application/json", whole, format.headers(tokens, 0));
    }
  }
}
