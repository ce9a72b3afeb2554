package com.acme.library;

import com.anthropic.core.JsonValue;
import com.anthropic.models.messages.CacheControlEphemeral;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.TextBlockParam;
import com.anthropic.models.messages.Tool;
import java.util.List;

/** On anthropic-java, with instructions and tools that are always the same. */
public final class PrefixAnthropicDesk extends AnthropicDesk {

  private static Tool stableTool(String name) {
    return Tool.builder()
        .name(name)
        .description(INSTRUCTIONS)
        .inputSchema(Tool.InputSchema.builder().type(JsonValue.from("object")).build())
        .build();
  }

  @Override
  MessageCreateParams.Builder prefixed(String question) {
    MessageCreateParams.Builder request =
        asking(question).addTool(stableTool("weather")).addTool(stableTool("time"));
    if (!question.startsWith("marked")) {
      return request.system(INSTRUCTIONS);
    }
    return request.systemOfTextBlockParams(
        List.of(
            TextBlockParam.builder()
                .text(INSTRUCTIONS)
                .cacheControl(CacheControlEphemeral.builder().build())
                .build()));
  }
}
