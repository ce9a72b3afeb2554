package io.gild.testkit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Messages of Anthropic, as Bedrock passes them on. */
final class InvokeShapes {

  private final Dice dice;
  private final AnthropicShapes messages;

  InvokeShapes(Dice dice, String model) {
    this.dice = dice;
    this.messages = new AnthropicShapes(dice, model);
  }

  Shape shape(boolean streamed) {
    if (!streamed) {
      return Shape.whole(dice, messages.whole(), messages.tokens());
    }
    StringBuilder body = new StringBuilder();
    for (ObjectNode event : messages.events()) {
      if (event.path("type").asText().equals("message_stop") && dice.chance(70)) {
        event
            .putObject("amazon-bedrock-invocationMetrics")
            .put("inputTokenCount", messages.tokens().input())
            .put("outputTokenCount", messages.tokens().output());
      }
      byte[] bytes = dice.json(event).getBytes(StandardCharsets.UTF_8);
      ObjectNode chunk = JsonNodes.object().put("bytes", Base64.getEncoder().encodeToString(bytes));
      body.append(EventStream.event("chunk", dice.json(chunk)));
    }
    return Shape.stream(
        dice, "application/vnd.amazon.eventstream", body.toString(), messages.tokens());
  }
}
