package io.gild.testkit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Chat completions, as OpenAI, Azure and compatible providers answer. */
final class OpenAiShapes {

  private static final String[] REASONS = {
    "stop", "stop", "length", "content_filter", "tool_calls", "function_call"
  };

  private final Dice dice;
  private final String model;
  private final TokenSum tokens = new TokenSum();

  /** The model's name in all chunks: that of the request, missing, or empty. */
  private final int naming;

  OpenAiShapes(Dice dice, String model) {
    this.dice = dice;
    this.model = model;
    this.naming = dice.pick(0, 0, 0, 0, 1, 2);
  }

  Shape shape(boolean streamed) {
    return streamed
        ? Shape.stream(dice, "text/event-stream", dice.events(events(), false), tokens)
        : Shape.whole(dice, whole(), tokens);
  }

  private ObjectNode envelope(String object) {
    ObjectNode json = JsonNodes.object();
    json.put("id", "chatcmpl-1").put("object", object).put("created", 1_700_000_000);
    name(json, naming);
    return dice.extended(json);
  }

  private void name(ObjectNode json, int how) {
    if (how == 0) {
      json.put("model", model);
    } else if (how == 2) {
      json.put("model", "");
    }
  }

  ObjectNode whole() {
    ObjectNode json = envelope("chat.completion");
    ObjectNode choice = json.putArray("choices").addObject().put("index", 0);
    choice.putNull("logprobs");
    ObjectNode message = choice.putObject("message").put("role", "assistant");
    message.put("content", String.join("", dice.chunks()));
    message.putNull("refusal");
    switch (dice.below(7)) {
      case 0 -> message.putNull("content").put("refusal", "I cannot help with that.");
      case 1 -> message.putNull("content").withArray("tool_calls").add(toolCall(0, "{}"));
      case 2 ->
          message
              .putNull("content")
              .putObject("function_call")
              .put("name", "time")
              .put("arguments", "{}");
      case 3 -> message.put("content", "");
      case 4 -> message.put("reasoning_content", "thinking").putNull("tool_calls");
      default -> {
        // The answer is a text.
      }
    }
    choice.put("finish_reason", dice.pick(REASONS));
    if (dice.chance(80)) {
      json.set("usage", usage());
    }
    return json;
  }

  /** Makes counts; some may be missing. */
  private ObjectNode usage() {
    ObjectNode usage = JsonNodes.object();
    if (dice.chance(10)) {
      return usage;
    }
    int input = 1 + dice.below(900);
    int output = dice.below(500);
    usage.put("prompt_tokens", input);
    usage.put("completion_tokens", output);
    tokens.input(input).output(output);
    if (dice.chance(90)) {
      usage.put("total_tokens", input + output);
    }
    if (dice.chance(40)) {
      usage.putObject("prompt_tokens_details").put("cached_tokens", dice.below(input));
    }
    if (dice.chance(40)) {
      usage.putObject("completion_tokens_details").put("reasoning_tokens", dice.below(output + 1));
    }
    if (dice.chance(10)) {
      usage.putNull("prompt_tokens_details");
    }
    return usage;
  }

  private ObjectNode toolCall(int index, String arguments) {
    ObjectNode call = JsonNodes.object().put("id", "call_" + index).put("type", "function");
    call.putObject("function").put("name", "time").put("arguments", arguments);
    return call;
  }

  private List<String[]> events() {
    List<ObjectNode> chunks = new ArrayList<>();
    if (dice.chance(15)) {
      ObjectNode filter = envelope("");
      filter.put("model", "").putArray("choices");
      filter.putArray("prompt_filter_results").addObject().put("prompt_index", 0);
      chunks.add(filter);
    }
    boolean early = dice.chance(10);
    if (early) {
      chunks.add(counted());
    }
    if (dice.chance(80)) {
      chunks.add(chunk(JsonNodes.object().put("role", "assistant").put("content", ""), null));
    }
    say(chunks);
    int beforeEnd = chunks.size();
    chunks.add(last());
    int counts = dice.pick(0, 1, 1, 1, 2);
    for (int i = 0; i < counts; i++) {
      chunks.add(counted());
    }
    if (dice.chance(10)) {
      ObjectNode filter = chunk(JsonNodes.object(), null);
      filter.put("model", "");
      filter
          .withArray("choices")
          .get(0)
          .withObject("/content_filter_offsets")
          .put("start_offset", 0);
      chunks.add(filter);
    }
    List<String[]> events = new ArrayList<>();
    chunks.forEach(chunk -> events.add(new String[] {"", dice.json(chunk)}));
    events.add(new String[] {"", "[DONE]"});
    return dice.sent(events, beforeEnd);
  }

  private void say(List<ObjectNode> chunks) {
    switch (dice.below(8)) {
      case 0 -> {
        chunks.add(chunk(JsonNodes.object().put("refusal", "I cannot"), null));
        chunks.add(chunk(JsonNodes.object().put("refusal", " help."), null));
      }
      case 1 -> {
        ObjectNode begun = JsonNodes.object();
        begun.putArray("tool_calls").add(toolCall(0, "").put("index", 0));
        chunks.add(chunk(begun, null));
        ObjectNode rest = JsonNodes.object();
        rest.putArray("tool_calls")
            .addObject()
            .put("index", 0)
            .putObject("function")
            .put("arguments", "{}");
        chunks.add(chunk(rest, null));
      }
      case 2 -> {
        ObjectNode call = JsonNodes.object();
        call.putObject("function_call").put("name", "time").put("arguments", "{}");
        chunks.add(chunk(call, null));
      }
      case 3 -> chunks.add(chunk(JsonNodes.object().put("reasoning_content", "hm"), null));
      default -> {
        for (String chunk : dice.chunks()) {
          chunks.add(chunk(JsonNodes.object().put("content", chunk), null));
        }
      }
    }
  }

  private ObjectNode last() {
    ObjectNode last = chunk(JsonNodes.object(), dice.pick(REASONS));
    if (dice.chance(15)) {
      ((ObjectNode) last.path("choices").get(0)).remove("delta");
    }
    if (dice.chance(8)) {
      ((ObjectNode) last.path("choices").get(0)).putNull("finish_reason");
    }
    return last;
  }

  private ObjectNode chunk(ObjectNode delta, @Nullable String reason) {
    ObjectNode json = envelope("chat.completion.chunk");
    ObjectNode choice = json.putArray("choices").addObject().put("index", 0);
    choice.set("delta", delta);
    choice.put("finish_reason", reason);
    if (dice.chance(30)) {
      json.putNull("usage");
    }
    return json;
  }

  private ObjectNode counted() {
    ObjectNode json = envelope("chat.completion.chunk");
    json.putArray("choices");
    json.set("usage", usage());
    if (dice.chance(15)) {
      json.remove("model");
    }
    return json;
  }
}
