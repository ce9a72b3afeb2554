package com.acme.library;

import com.anthropic.core.http.HttpResponseFor;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.TextDelta;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** On anthropic-java, by its raw responses. */
public class AnthropicRawDesk extends AnthropicDesk {

  private static String text(HttpResponseFor<Message> response) {
    try (response) {
      return response.parse().content().stream()
          .flatMap(block -> block.text().stream())
          .map(block -> block.text())
          .collect(Collectors.joining());
    }
  }

  @Override
  public String chat(String question) {
    return text(client.messages().withRawResponse().create(asking(question).build()));
  }

  @Override
  public String async(String question) throws Exception {
    return later
        .messages()
        .withRawResponse()
        .create(asking(question).build())
        .thenApply(AnthropicRawDesk::text)
        .get(20, TimeUnit.SECONDS);
  }

  private static String joined(HttpResponseFor<StreamResponse<RawMessageStreamEvent>> response) {
    try (StreamResponse<RawMessageStreamEvent> events = response.parse()) {
      return events.stream()
          .flatMap(event -> event.contentBlockDelta().stream())
          .flatMap(event -> event.delta().text().stream())
          .map(TextDelta::text)
          .collect(Collectors.joining());
    }
  }

  @Override
  public String stream(String question) {
    return joined(client.messages().withRawResponse().createStreaming(asking(question).build()));
  }

  @Override
  public String push(String question) throws Exception {
    return joined(
        later
            .messages()
            .withRawResponse()
            .createStreaming(asking(question).build())
            .get(20, TimeUnit.SECONDS));
  }
}
