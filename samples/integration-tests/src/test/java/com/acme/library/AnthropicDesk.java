package com.acme.library;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.AnthropicClientAsync;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClientAsync;
import com.anthropic.core.JsonValue;
import com.anthropic.core.http.AsyncStreamResponse;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.models.messages.ContentBlock;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.TextDelta;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.messages.ToolResultBlockParam;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** On anthropic-java. */
public class AnthropicDesk extends Desk {

  final AnthropicClient client =
      AnthropicOkHttpClient.builder()
          .baseUrl(provider())
          .apiKey("none")
          .maxRetries(maxRetries())
          .build();
  final AnthropicClientAsync later =
      AnthropicOkHttpClientAsync.builder()
          .baseUrl(provider())
          .apiKey("none")
          .maxRetries(maxRetries())
          .build();

  static MessageCreateParams.Builder asking(String question) {
    return MessageCreateParams.builder().model(MODEL).maxTokens(1000).addUserMessage(question);
  }

  /** Returns the request of a question. */
  MessageCreateParams.Builder prefixed(String question) {
    return asking(question);
  }

  private static String text(Message message) {
    return message.content().stream()
        .flatMap(block -> block.text().stream())
        .map(block -> block.text())
        .collect(Collectors.joining());
  }

  @Override
  public String chat(String question) {
    return text(client.messages().create(prefixed(question).build()));
  }

  @Override
  public String async(String question) throws Exception {
    return later
        .messages()
        .create(prefixed(question).build())
        .thenApply(AnthropicDesk::text)
        .get(20, TimeUnit.SECONDS);
  }

  @Override
  public String stream(String question) {
    try (StreamResponse<RawMessageStreamEvent> events =
        client.messages().createStreaming(prefixed(question).build())) {
      return events.stream()
          .flatMap(event -> event.contentBlockDelta().stream())
          .flatMap(event -> event.delta().text().stream())
          .map(TextDelta::text)
          .collect(Collectors.joining(SEAM));
    }
  }

  @Override
  public String push(String question) throws Exception {
    StringBuilder text = new StringBuilder();
    AsyncStreamResponse<RawMessageStreamEvent> events =
        later.messages().createStreaming(prefixed(question).build());
    events.subscribe(event ->
        event
            .contentBlockDelta()
            .flatMap(chunk -> chunk.delta().text())
            .ifPresent(chunk -> text.append(chunk.text()).append(SEAM)));
    events.onCompleteFuture().get(20, TimeUnit.SECONDS);
    return text.toString();
  }

  @Override
  public String tool(String question) {
    MessageCreateParams.Builder conversation =
        asking(question)
            .addTool(
                Tool.builder()
                    .name("time")
                    .inputSchema(Tool.InputSchema.builder().type(JsonValue.from("object")).build())
                    .build());
    Message first = client.messages().create(conversation.build());
    List<ContentBlock> calls =
        first.content().stream().filter(ContentBlock::isToolUse).collect(Collectors.toList());
    if (calls.isEmpty()) {
      return text(first);
    }
    conversation
        .addMessage(first)
        .addUserMessageOfContentBlockParams(
            List.of(
                ContentBlockParam.ofToolResult(
                    ToolResultBlockParam.builder()
                        .toolUseId(calls.get(0).asToolUse().id())
                        .content("noon")
                        .build())));
    return text(client.messages().create(conversation.build()));
  }
}
