package io.gild.libraries;

import io.gild.config.TokenKind;
import io.gild.weaver.Foreign;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Bedrock's {@code ConverseRequest}, {@code ConverseResponse} and stream of events. */
final class ConverseDialect extends ModelDialect {

  private static final String MODEL = "software.amazon.awssdk.services.bedrockruntime.model.";
  private static final String RESPONSE = MODEL + "ConverseResponse";
  private static final String EVENT = MODEL + "ConverseStreamOutput";

  @Override
  String provider(@Nullable Object self, @Nullable Object[] arguments) {
    return "aws.bedrock";
  }

  @Override
  @Nullable String askedModel(@Nullable Object self, @Nullable Object[] arguments)
      throws Throwable {
    return Foreign.word(arguments[0], "modelId");
  }

  @Override
  @Nullable String prompt(@Nullable Object[] arguments) throws Throwable {
    List<?> messages = Foreign.list(arguments[0], "messages");
    for (int i = messages.size() - 1; i >= 0; i--) {
      if (Foreign.text(messages.get(i), "roleAsString").equals("user")) {
        String text = textOf(messages.get(i));
        if (!text.isEmpty()) {
          return text;
        }
      }
    }
    return null;
  }

  private static String textOf(@Nullable Object message) throws Throwable {
    StringBuilder text = new StringBuilder();
    for (Object block : Foreign.list(message, "content")) {
      text.append(Foreign.text(block, "text"));
    }
    return text.toString();
  }

  @Override
  @Nullable Object[] withModel(@Nullable Object self, @Nullable Object[] arguments, String model)
      throws Throwable {
    return Builders.with(arguments, "modelId", model);
  }

  @Override
  @Nullable Object[] withPromptCache(
      @Nullable Object self, @Nullable Object[] arguments, PromptCache wanted) throws Throwable {
    return ConversePromptCache.prepare(arguments, askedModel(self, arguments), wanted);
  }

  @Override
  @Nullable Object parametersOf(@Nullable Object[] arguments) {
    return Foreign.read(arguments[0], "inferenceConfig");
  }

  @Override
  boolean isResponse(Object value) {
    return Foreign.is(value, RESPONSE);
  }

  @Override
  ReadAnswer read(Object response) throws Throwable {
    Object message = Foreign.read(response, "output", "message");
    List<String> tools = new ArrayList<>();
    for (Object block : Foreign.list(message, "content")) {
      Object use = Foreign.read(block, "toolUse");
      if (use != null) {
        tools.add(Foreign.text(use, "name"));
      }
    }
    tools.removeIf(String::isEmpty);
    return new ReadAnswer(
        ReadAnswer.UNKNOWN_MODEL,
        counts(Foreign.read(response, "usage")).usage(),
        Foreign.word(response, "stopReasonAsString"),
        tools);
  }

  /** The SDK counts cache reads and cache writes separately from the input. */
  static ReportedTokens counts(@Nullable Object usage) {
    return new ReportedTokens()
        .setPlainInput(Foreign.number(usage, "inputTokens"))
        .set(TokenKind.CACHED_INPUT, Foreign.number(usage, "cacheReadInputTokens"))
        .set(TokenKind.CACHE_WRITE, Foreign.number(usage, "cacheWriteInputTokens"))
        .set(TokenKind.CACHE_WRITE_HOUR, forAnHour(Foreign.list(usage, "cacheDetails")))
        .set(TokenKind.OUTPUT, Foreign.number(usage, "outputTokens"));
  }

  private static long forAnHour(List<?> details) {
    long tokens = 0;
    for (Object detail : details) {
      if (Foreign.text(detail, "ttlAsString").equals("1h")) {
        tokens += Foreign.count(detail, "inputTokens");
      }
    }
    return tokens;
  }

  /** The events of a streamed answer; the last one contains the token counts. */
  private static final class Events extends ModelChunks {

    @Override
    void add(Object event) throws Throwable {
      takeTool(Foreign.text(event, "start", "toolUse", "name"));
      take(null, Foreign.word(event, "stopReasonAsString"));
      ended |= Foreign.is(event, MODEL + "MessageStopEvent");
      Object counted = Foreign.read(event, "usage");
      if (counted != null) {
        tokens.take(counts(counted));
      }
    }
  }

  @Override
  ModelChunks chunks(@Nullable Object self, @Nullable Object[] arguments) {
    return new Events();
  }

  @Override
  List<?> chunksOf(Object librarySibling, String text) throws Throwable {
    Object delta = Foreign.make(librarySibling, MODEL + "ContentBlockDelta", "fromText", text);
    return List.of(
        event(librarySibling, "messageStartBuilder", "role", "assistant"),
        event(librarySibling, "contentBlockDeltaBuilder", "delta", delta),
        event(librarySibling, "messageStopBuilder", "stopReason", "end_turn"));
  }

  private static Object event(Object librarySibling, String builder, String property, Object value)
      throws Throwable {
    Object begun = Foreign.make(librarySibling, EVENT, builder);
    if (builder.startsWith("content")) {
      Foreign.call(begun, "contentBlockIndex", 0);
    }
    return Foreign.call(Foreign.call(begun, property, value), "build");
  }

  @Override
  String text(Object response) throws Throwable {
    return textOf(Foreign.read(response, "output", "message"));
  }

  @Override
  Object responseOf(Object librarySibling, String text) throws Throwable {
    Object block = Foreign.make(librarySibling, MODEL + "ContentBlock", "fromText", text);
    Object message = Foreign.make(librarySibling, MODEL + "Message", "builder");
    Foreign.call(message, "role", "assistant");
    Foreign.call(message, "content", List.of(block));
    Object output =
        Foreign.make(
            librarySibling,
            MODEL + "ConverseOutput",
            "fromMessage",
            Foreign.call(message, "build"));
    Object response = Foreign.make(librarySibling, RESPONSE, "builder");
    Foreign.call(response, "output", output);
    Foreign.call(response, "stopReason", "end_turn");
    return Foreign.call(response, "build");
  }
}
