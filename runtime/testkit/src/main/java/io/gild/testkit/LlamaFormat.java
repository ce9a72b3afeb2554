package io.gild.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Meta Llama's bodies, as Bedrock sends them; the first chunk of a stream contains the tokens of
 * the prompt.
 */
final class LlamaFormat extends InvokeBodyFormat {

  @Override
  public ModelRequest read(JsonNode body) {
    return prompted(body, body.path("prompt").asText(), body.path("max_gen_len"));
  }

  @Override
  public String whole(Completion completion) {
    return JsonNodes.write(
        chunk(completion.answer().text(), completion.completionTokens())
            .put("prompt_token_count", completion.promptTokens())
            .put("stop_reason", completion.answer().effectiveFinishReason()));
  }

  @Override
  public Frames frames(Completion completion, JsonNode body) {
    Frames.Builder frames = Frames.builder();
    List<String> chunks = Tokens.chunks(completion.answer().text());
    for (int i = 0; i < chunks.size(); i++) {
      ObjectNode chunk = chunk(chunks.get(i), i + 1).putNull("stop_reason");
      if (i == 0) {
        chunk.put("prompt_token_count", completion.promptTokens());
      }
      frames.token(JsonNodes.write(chunk));
    }
    ObjectNode last =
        chunk("", completion.completionTokens())
            .put("stop_reason", completion.answer().effectiveFinishReason());
    return frames.closing(JsonNodes.write(last)).build();
  }

  private static ObjectNode chunk(String text, int written) {
    return JsonNodes.object()
        .put("generation", text)
        .putNull("prompt_token_count")
        .put("generation_token_count", written);
  }
}
