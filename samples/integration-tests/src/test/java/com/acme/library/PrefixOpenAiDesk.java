package com.acme.library;

import com.openai.core.JsonValue;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import java.util.Map;

/** On openai-java, with tools that are always the same. */
public final class PrefixOpenAiDesk extends OpenAiDesk {

  private static FunctionDefinition stableTool(String name) {
    return FunctionDefinition.builder()
        .name(name)
        .parameters(
            FunctionParameters.builder()
                .additionalProperties(Map.of("type", JsonValue.from("object")))
                .build())
        .build();
  }

  @Override
  ChatCompletionCreateParams.Builder prefixed(String question) {
    ChatCompletionCreateParams.Builder request =
        asking(question).addFunctionTool(stableTool("weather")).addFunctionTool(stableTool("time"));
    return question.startsWith("marked") ? request.promptCacheKey("own") : request;
  }
}
